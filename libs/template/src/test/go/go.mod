module fairlead.dev/template/truth

go 1.22
