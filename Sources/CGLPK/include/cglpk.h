#ifndef PLIMSOLL_CGLPK_H
#define PLIMSOLL_CGLPK_H
#endif
