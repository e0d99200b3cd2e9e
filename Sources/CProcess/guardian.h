// Internal to this target: who ends what a child has started.
#ifndef PLIMSOLL_GUARDIAN_H
#define PLIMSOLL_GUARDIAN_H

#include <sys/types.h>

/// Starts a process that kills the child's process group when this program ends before the child:
/// a launcher's own children are in it too. Without one (no process could be made) nothing happens.
void plimsoll_guard(pid_t child);

/// Ends the child's guardian, once the child has been waited for: its number may be another's now.
void plimsoll_release(pid_t child);

#endif
