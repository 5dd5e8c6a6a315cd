"""Claims on a guarantee (代偿), their decision, shares and recoveries (追偿), and what is learnt from them."""
