#ifndef CBOOKS_H
#define CBOOKS_H

#include <stddef.h>

/// The gzipped CSV of a price book that ships with the program.
const unsigned char *cbooks_aws(size_t *count);
const unsigned char *cbooks_azure(size_t *count);
const unsigned char *cbooks_google(size_t *count);

#endif
