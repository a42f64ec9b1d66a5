// Package db holds the migrations of each engine and the invented register of the demonstration.
//
// gorm never touches the schema: it is written by hand here and run by goose. schema.sqlite.sql is a dump of what
// the migrations make, kept for readers and tested against them.
package db

import "embed"

// Migrations holds migrations/<engine>/NNNN_name.sql.
//
//go:embed migrations
var Migrations embed.FS

// Demo holds demo/areas.csv, commissioners.csv, practices.csv and list-sizes.csv: invented organisations, in the layouts
// of the national files. Only the regions and local teams have names that were real.
//
//go:embed demo
var Demo embed.FS
