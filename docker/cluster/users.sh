#!/bin/bash
# The user of Courier and its rights, and the topics it needs, by the brokers' own listener.
set -euo pipefail
export PATH=$PATH:/opt/kafka/bin
printf '%s\n' security.protocol=SSL ssl.truststore.type=PEM ssl.truststore.location=/certificates/ca.pem \
  ssl.keystore.type=PEM ssl.keystore.location=/certificates/broker.pem > /tmp/admin.properties
kafka() { "kafka-$1.sh" --bootstrap-server kafka-1:9094,kafka-2:9094,kafka-3:9094 --command-config /tmp/admin.properties "${@:2}"; }

kafka configs --alter --entity-type users --entity-name courier \
  --add-config "SCRAM-SHA-512=[password=$(cat /run/secrets/kafka-password)]"
topic() { kafka topics --create --if-not-exists --replication-factor 3 --config min.insync.replicas=2 --topic "$@"; }
topic client-messages --partitions 6 --config retention.ms=1209600000
topic stored-messages --partitions 6 --config retention.ms=3600000 --config max.message.bytes=67108864
topic dead-letter-topic --partitions 6 --config retention.ms=-1 --config max.message.bytes=67108864
kafka acls --add --allow-principal User:courier --operation Read --operation Write \
  --topic client-messages --topic dead-letter-topic --topic stored-messages
kafka acls --add --allow-principal User:courier --operation Read --resource-pattern-type prefixed --group client-b
