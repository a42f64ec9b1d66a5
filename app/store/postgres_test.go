package store_test

import (
	"testing"

	"resilience/app/store/storetest"
)

func TestAllOfThisOnPostgreSQL(t *testing.T) { storetest.Again(t) }
