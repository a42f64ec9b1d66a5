package paths

import (
	"strconv"

	"resilience/app/casework"
	"resilience/app/document"
)

// Patterns of claims, documents and payments.
const (
	MoneyPattern      = "/cases/:id/" + MoneySection
	NewClaimPattern   = "/cases/:id/" + ClaimStart
	ClaimsPattern     = "/cases/:id/claims"
	NewInvoicePattern = "/cases/:id/" + InvoiceStart
	InvoicesPattern   = "/cases/:id/invoices"
	ClaimPattern      = "/cases/:id/claims/:number"
	ClaimActPattern   = "/cases/:id/claims/:number/" // + the noun of the act

	DocumentPattern = "/documents/:document"

	Payments           = "/payments"
	NewBatch           = "/payments/release"
	Batches            = "/payments/batches"
	BatchPattern       = "/payments/batches/:batch"
	BatchFilePattern   = "/payments/batches/:batch/file"
	RemittancePattern  = "/payments/batches/:batch/remittance"
	RemittancesPattern = "/payments/batches/:batch/remittance/lines"
	BackPattern        = "/payments/batches/:batch/items/:position/failure"
	PaidPattern        = "/payments/batches/:batch/items/:position/payment"
	CorrectionPattern  = "/payments/batches/:batch/items/:position/correction"
)

// InvoiceStart is the noun of the form of a provider's invoice.
const InvoiceStart = "invoices/new"

// Nouns of the acts on a claim.
const (
	ClaimCheck    = "check"
	ClaimReturn   = "return"
	ClaimWithdraw = "withdrawal"
	ClaimApproval = "approval"
	ClaimReceipt  = "receipt"
	ClaimDispute  = "dispute"
	ClaimAnswer   = "dispute/answer"
	ClaimUndo     = "approval/undoing"

	ClaimCorrection   = "correction" // of a payment that was made after all
	ClaimUncorrection = "correction/withdrawal"

	ClaimRecovery  = "recovery" // of what was paid
	ClaimDecision  = "recovery/decision"
	ClaimRepayment = "recovery/repayment"
)

// NewClaim is the form of a claim by the practice.
func NewClaim(id casework.ID) string { return Act(id, ClaimStart) }

// Claims takes a claim by the practice.
func Claims(id casework.ID) string { return Case(id) + "/claims" }

// NewInvoice is the form of a provider's invoice.
func NewInvoice(id casework.ID) string { return Invoices(id) + "/new" }

// Invoices takes a provider's invoice.
func Invoices(id casework.ID) string { return Case(id) + "/invoices" }

// Claim is the page of one claim of a case, by its number within the case.
func Claim(id casework.ID, number int) string { return Claims(id) + "/" + strconv.Itoa(number) }

// ClaimAct is the page of an act on a claim.
func ClaimAct(id casework.ID, number int, noun string) string { return Claim(id, number) + "/" + noun }

// Document downloads a document.
func Document(id document.ID) string { return "/documents/" + Number(int64(id)) }

// Batch is the page of a payment batch.
func Batch(id int64) string { return Batches + "/" + Number(id) }

// BatchFile sends the file of a batch.
func BatchFile(id int64) string { return Batch(id) + "/file" }

// Remittance takes what the paying system says of the payments of a batch.
func Remittance(batch int64) string { return Batch(batch) + "/remittance" }

// RemittanceLines records what of the remittances of a batch still waits.
func RemittanceLines(batch int64) string { return Remittance(batch) + "/lines" }

// Back records that a payment failed or came back, by its position.
func Back(batch int64, position int) string {
	return Batch(batch) + "/items/" + strconv.Itoa(position) + "/failure"
}

// Paid records the payment of one item of a batch, by its position.
func Paid(batch int64, position int) string {
	return Batch(batch) + "/items/" + strconv.Itoa(position) + "/payment"
}

// Correction says that a payment which failed or came back was made after all, by its position.
func Correction(batch int64, position int) string {
	return Batch(batch) + "/items/" + strconv.Itoa(position) + "/correction"
}
