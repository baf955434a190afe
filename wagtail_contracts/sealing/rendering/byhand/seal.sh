openssl cms -verify -binary -cades -inform DER -in seal.der \
    -content seal.bin -CAfile root.pem -no-CApath -no-CAstore \
    -purpose any -no_check_time -signer signer.pem -out /dev/null
openssl x509 -in signer.pem -noout -subject -issuer -dates \
    -fingerprint -sha256
