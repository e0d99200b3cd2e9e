#include "cbooks.h"

#define BOOK(name)                                               \
  extern const unsigned char cbooks_##name##_start[];            \
  extern const unsigned char cbooks_##name##_end[];              \
  const unsigned char *cbooks_##name(size_t *count) {            \
    *count = (size_t)(cbooks_##name##_end - cbooks_##name##_start); \
    return cbooks_##name##_start;                                \
  }

BOOK(aws)
BOOK(azure)
BOOK(google)
