"""Loans after the pay-out (贷后): contract data, repayment plan, repayments, days past due, renewal."""
