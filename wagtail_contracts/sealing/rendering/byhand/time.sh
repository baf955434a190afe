while read -r content token when; do
    openssl ts -verify -data "$content" -in "$token" -token_in \
        -CAfile time.pem -attime "$when"
    openssl ts -reply -in "$token" -token_in -text | grep "Time stamp"
done < stamps.txt
