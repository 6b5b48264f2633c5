package courier.mongodb;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.client.MongoClient;
import com.mongodb.connection.ClusterDescription;
import com.mongodb.connection.ServerDescription;
import courier.failure.Causes;
import java.io.IOException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.naming.NamingException;

/** Why no server of a cluster answers, which the driver has in its text alone. */
public final class Unanswered {
  private Unanswered() {}

  /** The same with its cause: what some server does not take, before what may pass. */
  static MongoException because(MongoTimeoutException timeout, MongoClient client) {
    ClusterDescription cluster = client.getClusterDescription();
    if (cluster.getSrvResolutionException() != null) {
      return new MongoException(timeout.getMessage(), cluster.getSrvResolutionException());
    }
    List<ServerDescription> servers = cluster.getServerDescriptions();
    return servers.stream()
        .filter(server -> server.getException() != null)
        .filter(server -> servers.stream().noneMatch(ServerDescription::isOk))
        .map(ServerDescription::getException)
        .min(Comparator.comparing(failure -> !Causes.have(failure, GeneralSecurityException.class)))
        .map(cause -> new MongoException(timeout.getMessage(), cause))
        .orElse(timeout);
  }

  /** What a person may do about it, if anything is known; it begins with a space. */
  public static String advice(Throwable failure) {
    if (Causes.have(failure, UnknownHostException.class)
        || Causes.have(failure, NamingException.class)) {
      return " Its name does not resolve: correct it, or the name server.";
    }
    if (Causes.of(failure).anyMatch(each -> said(each).contains("SSL message"))) {
      return " What is there speaks no TLS: correct tls in mongodb.uri.";
    }
    if (Causes.of(failure).anyMatch(each -> said(each).contains("Prematurely reached end"))) {
      return " Something is there and hangs up: if it wants TLS, set tls=true in mongodb.uri.";
    }
    return innermost(failure).map(each -> " It says: " + said(each)).orElse("");
  }

  private static Optional<Throwable> innermost(Throwable failure) {
    return Causes.of(failure).filter(IOException.class::isInstance).reduce((outer, inner) -> inner);
  }

  private static String said(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }
}
