package ods

import "testing"

// LimitUnpacked lowers the limit for one test.
func LimitUnpacked(t *testing.T, most int64) {
	before := mostUnpacked
	mostUnpacked = most
	t.Cleanup(func() { mostUnpacked = before })
}
