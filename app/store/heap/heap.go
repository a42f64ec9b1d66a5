// Package heap keeps the memory that SQLite gives back. SQLite takes some hundred kilobytes for each sorting, each list
// in a condition and each temporary table, and gives them back at the end of the statement; the C library of Linux hands
// so much to the system at once, which takes longer than the statement.
package heap

/*
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>

// keep returns 1 when the C library took every setting.
static int keep(int above, int apart) {
	return mallopt(M_TRIM_THRESHOLD, above) && mallopt(M_MMAP_THRESHOLD, apart);
}
#else
static int keep(int above, int apart) { return 0; }
#endif
*/
import "C"

const (
	kept  = 16 << 20 // bytes that are free and stay with the program, in each of the C library's heaps
	apart = 4 << 20  // bytes from which a piece goes back to the system when it is free, whatever else is
)

// Keep sets it for the whole program, and tells whether the C library is one that can be told: glibc is.
func Keep() bool { return C.keep(kept, apart) == 1 }
