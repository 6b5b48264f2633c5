package courier.failure;

import java.util.Optional;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** What a person has to do so that Kafka lets Courier in, and Courier trusts Kafka. */
final class KafkaAccess {
  private static final String ACLS = "Kafka does not let Courier in, correct its user or the ACLs";

  private static final TlsAdvice TLS =
      new TlsAdvice(
          "Kafka",
          "kafka.brokers",
          "kafka.client.ssl.truststore.location",
          "kafka.client.ssl.keystore.location");

  private KafkaAccess() {}

  /** The status that a broker answers by (RFC 7628). */
  private static boolean isOfToken(Throwable failure) {
    return String.valueOf(failure.getMessage()).contains("invalid_token");
  }

  static Optional<String> advice(Throwable failure) {
    if (failure instanceof TopicAuthorizationException topics) {
      return Optional.of(ACLS + " of the topic " + String.join(", ", topics.unauthorizedTopics()));
    }
    if (failure instanceof GroupAuthorizationException group) {
      return Optional.of(ACLS + " of the group " + group.groupId());
    }
    if (failure instanceof AuthorizationException) {
      return Optional.of(ACLS);
    }
    if (failure instanceof SslAuthenticationException) {
      return Optional.of(
          TLS.certificate(failure)
              .orElse(
                  "TLS does not come about with Kafka, correct kafka.client.security.protocol"));
    }
    if (failure instanceof UnsupportedSaslMechanismException) {
      return Optional.of("Kafka takes other mechanisms, correct kafka.client.sasl.mechanism");
    }
    if (failure instanceof AuthenticationException && isOfToken(failure)) {
      return Optional.of(
          "Kafka does not take the token, correct kafka.client.sasl.oauthbearer.scope, the issuer, or which"
              + " issuer and audience the broker expects");
    }
    if (failure instanceof AuthenticationException) {
      return Optional.of(
          "Kafka refuses the user or the password, correct kafka.client.sasl.jaas.config");
    }
    return Optional.empty();
  }
}
