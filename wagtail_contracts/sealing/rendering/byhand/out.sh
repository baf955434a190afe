mkdir -p inside
pdfdetach -enc UTF-8 -saveall -o inside sealed.pdf
