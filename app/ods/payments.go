package ods

import (
	"io"

	"resilience/app/practice"
)

// The columns of payments that are read, by what they are. Their captions drift each year.
const (
	contractColumn   = "the contract type"
	dispensingColumn = "whether the practice dispenses"
	ruralityColumn   = "urban or rural"
	paidColumn       = "the number of registered patients"
	weightedColumn   = "the number of weighted patients"
)

var paymentsLayout = sideLayout{"payments", []column{
	{name: practiceColumn, captions: []string{"Practice Code", "Practice ODS Code", "GP Practice Code"}},
	{name: contractColumn, captions: []string{"Contract Type", "Practice Contract Type", "GP Contract Type"}},
	{name: dispensingColumn, captions: []string{"Dispensing Practice", "Dispensing", "Dispensing Status"}, optional: true},
	{name: ruralityColumn, captions: []string{"PracticeRurality", "Rurality", "Rural or Urban"}, optional: true},
	{name: paidColumn, captions: []string{"Number of Registered Patients", "Average Number of Registered Patients", "Registered Patients"}},
	{name: weightedColumn, captions: []string{"Number of Weighted Patients", "Average Number of Weighted Patients", "Weighted Patients"}},
}}

// Payments reads NHS Payments to General Practice and calls fn for each value of each practice. A file that is refused
// whole is fault.Invalid.
func Payments(r io.Reader, fn func(practice.IndicatorRecord)) (practice.File, error) {
	f, _, err := openSide(r, practice.FilePayments,
		"NHS Payments to General Practice: a header with Practice Code, Contract Type, Dispensing Practice, Number of Registered Patients and Number of Weighted Patients", paymentsLayout)
	if err != nil {
		return practice.File{}, err
	}
	return f.perPractice([]wanted{
		{contractColumn, practice.ContractType, words}, {dispensingColumn, practice.Dispensing, words}, {ruralityColumn, practice.Rurality, words},
		{paidColumn, practice.PaidList, figure}, {weightedColumn, practice.WeightedList, figure},
	}, ofFile, fn)
}
