module table

go 1.22
