// The files of Data as they are, found by the target's header search path.
#if defined(__APPLE__)
#define NAME(x) _##x
  .const
#else
#define NAME(x) x
  .section .rodata
#endif

#define BOOK(name, file)             \
  .globl NAME(cbooks_##name##_start); \
  .globl NAME(cbooks_##name##_end);   \
NAME(cbooks_##name##_start):          \
  .incbin file;                       \
NAME(cbooks_##name##_end):            \
  .byte 0

  BOOK(aws, "aws.csv.gz")
  BOOK(azure, "azure.csv.gz")
  BOOK(google, "google.csv.gz")

#if !defined(__APPLE__)
  .section .note.GNU-stack,"",%progbits
#endif
