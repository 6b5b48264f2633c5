package courier.backend;

import courier.failure.Causes;
import courier.kafka.ClientProperties;
import courier.kafka.TokenLogin;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.login.LoginException;
import org.apache.kafka.common.KafkaException;

/**
 * Who gives the tokens that clients show to Kafka (OAUTHBEARER), and what it means when a client
 * cannot be made as it gives none. What Kafka's own login fails of has no cause, only a text.
 */
record TokenIssuer(ClientProperties clients) {
  private static final Pattern AWAY =
      Pattern.compile(
          "ConnectException|UnknownHostException|NoRouteToHostException|SocketTimeoutException"
              + "|SocketException|unexpected response code 5\\d\\d|response was unexpectedly empty");
  private static final Pattern REFUSED = Pattern.compile("response code 4\\d\\d");

  /** What there is in the text of classes, and of what nobody can do anything about. */
  private static final Pattern CLASSES = Pattern.compile("([a-z]\\w*\\.)+[A-Z]\\w*: |; will not.*");

  /** Whether it is going to be there, perhaps. */
  boolean isAway(KafkaException failure) {
    return said(failure).filter(text -> AWAY.matcher(text).find()).isPresent();
  }

  /** What a person has to do, if the issuer is to blame. */
  Optional<String> advice(KafkaException failure) {
    return said(failure).map(text -> advice(text) + ": " + CLASSES.matcher(text).replaceAll(""));
  }

  private String advice(String text) {
    String url = "kafka.client." + TokenLogin.URL;
    String issuer = "The issuer of Kafka's tokens, " + clients.get(TokenLogin.URL).orElse("");
    if (AWAY.matcher(text).find()) {
      return issuer + ", does not answer, start it or correct " + url;
    }
    return REFUSED.matcher(text).find()
        ? issuer + ", refuses Courier, correct kafka.client." + TokenLogin.SECRET
        : issuer + ", gives none that is good, correct " + url;
  }

  private Optional<String> said(KafkaException failure) {
    return clients.get(TokenLogin.URL).isEmpty()
        ? Optional.empty()
        : Causes.of(failure)
            .filter(LoginException.class::isInstance)
            .map(each -> String.valueOf(each.getMessage()).lines().findFirst().orElse(""))
            .findFirst();
  }
}
