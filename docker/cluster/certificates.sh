#!/bin/sh
# Makes, once, an authority and the brokers' certificate in /certificates, all in PEM.
set -eu
cd /certificates
[ -f ca.pem ] && exit 0
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj "/CN=courier cluster" -keyout ca.key -out ca-new.pem
openssl req -newkey rsa:2048 -nodes -subj "/CN=broker" -keyout broker.key -out broker.csr
printf 'subjectAltName=DNS:kafka-1,DNS:kafka-2,DNS:kafka-3,DNS:localhost\n' > broker.ext
openssl x509 -req -in broker.csr -CA ca-new.pem -CAkey ca.key -CAcreateserial -days 365 -extfile broker.ext -out broker.crt
cat broker.key broker.crt ca-new.pem > broker.pem
rm broker.key broker.crt broker.csr broker.ext
chmod 644 broker.pem
mv ca-new.pem ca.pem
