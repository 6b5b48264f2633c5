package courier.failure;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.MongoException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoServerException;
import com.mongodb.MongoSocketException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a person has to do so that MongoDB lets Courier in, and Courier trusts MongoDB. */
final class MongoAccess {
  /** UserNotFound, Unauthorized, AuthenticationFailed, ReauthenticationRequired, Atlas' own. */
  private static final Set<Integer> REFUSED = Set.of(11, 13, 18, 391, 8000);

  private static final int UNAUTHORIZED = 13;
  private static final int NO_SUCH_MECHANISM = 334;

  /** As a server says it: on which database, which command, and of what, if it is of something. */
  private static final Pattern NOT_AUTHORIZED =
      Pattern.compile("not authorized on (\\S+) to execute command \\{ (\\w+): (?:\"([^\"]+)\")?");

  private static final TlsAdvice TLS =
      new TlsAdvice(
          "MongoDB",
          "mongodb.uri",
          "tlsCAFile in mongodb.uri",
          "tlsCertificateKeyFile in mongodb.uri");

  private MongoAccess() {}

  static Optional<String> advice(MongoException failure) {
    if (failure instanceof MongoSecurityException) {
      return authentication(failure);
    }
    if (failure instanceof MongoSocketException) {
      return TLS.certificate(failure);
    }
    if (failure instanceof MongoBulkWriteException bulk) {
      return bulk.getWriteErrors().stream()
          .filter(error -> REFUSED.contains(error.getCode()))
          .map(error -> refused(error.getCode(), error.getMessage()))
          .findFirst();
    }
    return REFUSED.contains(failure.getCode())
        ? Optional.of(refused(failure.getCode(), failure.getMessage()))
        : Optional.empty();
  }

  /** Unless the server went away in the middle of it, or cannot look who somebody is just now. */
  private static Optional<String> authentication(MongoException failure) {
    Optional<MongoException> cause =
        Causes.of(failure.getCause())
            .filter(MongoException.class::isInstance)
            .map(MongoException.class::cast)
            .findFirst();
    if (cause.isPresent() && cause.get() instanceof MongoServerException server) {
      if (server.getCode() == NO_SUCH_MECHANISM) {
        return Optional.of("MongoDB takes other mechanisms, correct authMechanism in mongodb.uri");
      }
      return FailureKind.isAway(server.getCode()) && !REFUSED.contains(server.getCode())
          ? Optional.empty()
          : Optional.of(refused(server.getCode(), ""));
    }
    return cause.isPresent() ? advice(cause.get()) : Optional.of(refused(0, ""));
  }

  private static String refused(int code, String said) {
    if (code != UNAUTHORIZED) {
      return "MongoDB refuses the user or the password, correct mongodb.uri"
          + " (and in it authSource, the database that knows the user)";
    }
    if (said.contains("requires authentication")) {
      return "MongoDB asks who Courier is, name a user in mongodb.uri";
    }
    Matcher right = NOT_AUTHORIZED.matcher(said);
    if (right.find()) {
      String of = right.group(3) == null ? "" : "." + right.group(3);
      return "MongoDB does not let Courier's user %s on %s%s, give it the role readWrite of %2$s, or another one in mongodb.uri"
          .formatted(right.group(2), right.group(1), of);
    }
    return "MongoDB does not let Courier in, correct the user in mongodb.uri or its roles";
  }
}
