package courier.failure;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;

/** What a person has to do so that Kafka lets Courier in, and Courier trusts Kafka. */
final class KafkaAccess {
  private static final String ACLS = "Kafka does not let Courier in, correct its user or the ACLs";

  private KafkaAccess() {}

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
      return Optional.of(certificate(failure));
    }
    if (failure instanceof UnsupportedSaslMechanismException) {
      return Optional.of("Kafka takes other mechanisms, correct kafka.client.sasl.mechanism");
    }
    if (failure instanceof AuthenticationException) {
      return Optional.of(
          "Kafka refuses the user or the password, correct kafka.client.sasl.jaas.config");
    }
    return Optional.empty();
  }

  private static String certificate(Throwable failure) {
    if (has(failure, CertificateExpiredException.class)) {
      return "Kafka's certificate has expired, it needs a new one";
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return "Kafka's certificate is not valid yet, correct it or the clock here";
    }
    if (has(failure, CertPathBuilderException.class)) {
      return "Kafka's certificate is not trusted, name who signed it in"
          + " kafka.client.ssl.truststore.location";
    }
    if (has(failure, CertificateException.class)) {
      return "Kafka's certificate is not one for this name, correct kafka.brokers";
    }
    if (causes(failure).anyMatch(each -> String.valueOf(each.getMessage()).contains("alert"))) {
      return "Kafka does not take the certificate of Courier, correct"
          + " kafka.client.ssl.keystore.location";
    }
    return "TLS does not come about with Kafka, correct kafka.client.security.protocol";
  }

  private static boolean has(Throwable failure, Class<?> kind) {
    return causes(failure).anyMatch(kind::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, each -> each != null, Throwable::getCause);
  }
}
