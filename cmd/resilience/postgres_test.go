package main

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"resilience/app/service"
	"resilience/app/store"
	"resilience/app/store/storetest"
)

// Two programs that start at once on an empty PostgreSQL make one demonstration, the same as on a file, and both serve.
func TestTwoServersOnPostgreSQL(t *testing.T) {
	if testing.Short() {
		t.Skip("makes a demonstration more, which is not short")
	}
	address := storetest.Postgres(t)
	servers := make([]*server, 2)
	var all sync.WaitGroup
	for i := range servers {
		all.Go(func() {
			servers[i] = start(t, "RESILIENCE_DATABASE="+address, "RESILIENCE_DEMONSTRATION=true", "RESILIENCE_TODAY=2017-01-18", "RESILIENCE_SHUTDOWN_SECONDS=1",
				"RESILIENCE_DOCUMENTS="+t.TempDir())
		})
	}
	all.Wait()
	for _, s := range servers {
		if status, text, _ := s.get("/readyz"); status != http.StatusOK {
			t.Errorf("/readyz is %d: %s", status, text)
		}
	}
	var onFile, onServer string
	inDemonstration(t, demoDatabase(t), func(_ *store.Store, s *service.Service) { onFile = told(t, s) })
	inDemonstration(t, address, func(_ *store.Store, s *service.Service) { onServer = told(t, s) })
	if onFile != onServer || onFile == "" {
		t.Errorf("the demonstration on a file:\n%s\nand on PostgreSQL:\n%s", onFile, onServer)
	}
	for _, s := range servers {
		s.stop()
		if status := <-s.ended; status != 0 {
			t.Errorf("it ended with status %d: %s", status, s.log)
		}
	}
}

// Every command works on an address as it does on a file.
func TestCommandsOnPostgreSQL(t *testing.T) {
	address := storetest.Postgres(t)
	first := decode(t, must(t, address, "", "migrate", "--json"))
	again := decode(t, must(t, address, "", "migrate", "--json"))
	if ran, _ := first["ran"].([]any); len(ran) < 10 {
		t.Errorf("migrate ran %v", first)
	}
	if ran, _ := again["ran"].([]any); len(ran) != 0 || strings.Contains(again["database"].(string), "@") {
		t.Errorf("migrate ran again: %v", again)
	}
	must(t, address, "", "person", "add", "--name", "Ana Weir", "--email", "ana@admin.example", "--role", "administrator")
	must(t, storetest.Postgres(t), "", "person", "add", "--name", "Ana Weir", "--email", "ana@admin.example", "--role", "administrator") // and migrates an empty one
}
