package courier;

import courier.config.IdentitySettings;
import courier.config.Settings;
import courier.identity.Access;
import courier.identity.ManagementRoles;
import courier.identity.RevocationLog;
import courier.identity.Revocations;
import courier.identity.RolesComponent;
import courier.identity.SignIn;
import courier.identity.SocketDoor;
import courier.identity.TokenHandler;
import courier.identity.token.Tokens;
import courier.kafka.Kafka;
import courier.mongodb.StoredJson;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.util.Properties;
import org.apache.camel.main.Main;

/** Where a service asks who somebody is: at each of its servers, or at none. */
final class Doors {
  /** After CORS, as a browser sends no token with a preflight. */
  private static final int AFTER_CORS = Integer.MIN_VALUE + 2;

  /** A request of the JMX console. */
  private static final int MOST_BYTES = 256 * 1024;

  private final SignIn signIn;
  private final Revocations revocations = new Revocations();
  private final String topic;

  /**
   * @throws courier.config.StartupException if something is missing or wrong
   */
  Doors(Settings settings) {
    topic = settings.get("topics.revoked");
    if (settings.asksWho()) {
      IdentitySettings.requireKeys(settings);
      Clock clock = Clock.systemUTC();
      signIn = new SignIn(new Tokens(IdentitySettings.rules(settings), clock), revocations, clock);
    } else {
      signIn = null;
    }
  }

  /** Before there are routes, which say who may come to them, and ask who has. */
  void bind(Main main) {
    main.bind("platform-http", new RolesComponent(signIn != null, StoredJson::of));
    main.bind("access", new Access(signIn != null));
    main.bind("revocations", revocations);
    if (signIn != null) {
      main.bind("socket-door", new SocketDoor(signIn));
    }
  }

  /** Has Socket.IO's server ask too. */
  void askSockets(Properties properties) {
    if (signIn != null) {
      properties.setProperty("camel.component.socketio.doorkeeper", "#bean:socket-door");
    }
  }

  /** Who was locked out before stays so, from the first request on. */
  void learn(Kafka kafka) {
    if (signIn != null) {
      RevocationLog.read(kafka, topic, revocations);
    }
  }

  void ask(Router router) {
    if (signIn != null) {
      router.route().order(AFTER_CORS).handler(new TokenHandler(signIn));
    }
  }

  void askManagement(Router router) {
    if (signIn != null) {
      ask(router);
      BodyHandler body = BodyHandler.create(false).setBodyLimit(MOST_BYTES);
      router.route().order(AFTER_CORS + 1).handler(body).handler(ManagementRoles::require);
    }
  }
}
