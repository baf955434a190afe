pdfsig -nocert contract.pdf
