package service

import (
	"runtime"
	"sync"
	"testing"
)

// However many sign in at once, what their passwords take is back when they are in, and does not make the collector wait for twice as
// much. Nobody is let in meanwhile who should not be.
func TestPasswordsGiveTheirMemoryBack(t *testing.T) {
	hash, err := hashPassword("barley-compass-thimble")
	if err != nil {
		t.Fatal(err)
	}
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var many sync.WaitGroup
	for i := range 4 * cap(hashing) {
		many.Go(func() {
			typed := []string{"barley-compass-thimble", "barley-compass-thimbles"}[i%2]
			if ok, err := matches(typed, hash); err != nil || ok != (i%2 == 0) {
				t.Errorf("%q: %v, %v", typed, ok, err)
			}
		})
	}
	many.Wait()
	runtime.ReadMemStats(&after)
	if one := uint64(passwordCost.Memory) << 10; after.NextGC > before.NextGC+one {
		t.Errorf("the collector comes at %d bytes, before at %d", after.NextGC, before.NextGC)
	}
	if many := max(1, runtime.NumCPU()/2); cap(hashing) > many {
		t.Errorf("%d passwords at once", cap(hashing))
	}
}
