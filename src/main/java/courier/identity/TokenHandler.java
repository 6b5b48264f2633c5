package courier.identity;

import courier.identity.token.Identity;
import courier.identity.token.Role;
import courier.identity.token.TokenRefused;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the token of a request (RFC 6750, 2.1) and leaves whose it is. From here on nobody sees the
 * token itself. A request without one goes on, to be asked by what it comes to.
 */
public final class TokenHandler implements Handler<RoutingContext> {
  private static final String IDENTITY = Identity.class.getName();
  private static final String SCHEME = "bearer ";
  private static final Set<String> IN_THE_QUERY = Set.of("access_token", "token");

  private final SignIn signIn;

  public TokenHandler(SignIn signIn) {
    this.signIn = signIn;
  }

  /** Who asks; null when that is not known. */
  static Identity identity(RoutingContext context) {
    return context.get(IDENTITY);
  }

  /** Whether who asks has a role, or it takes none; if not, the request is answered. */
  static boolean isFor(Role least, RoutingContext context) {
    Identity identity = identity(context);
    if (least == Role.ANYBODY || identity != null && identity.has(least)) {
      return true;
    }
    if (identity == null) {
      Challenge.NO_TOKEN.answer(
          context, "Say who you are: send a token as Authorization: Bearer <token>.");
    } else {
      Challenge.INSUFFICIENT_SCOPE.answer(
          context, "This is for the role %s: your token does not name it.".formatted(least));
    }
    return false;
  }

  @Override
  public void handle(RoutingContext context) {
    MultiMap headers = context.request().headers();
    String sent = headers.get(HttpHeaders.AUTHORIZATION);
    headers.remove(HttpHeaders.AUTHORIZATION);
    if (IN_THE_QUERY.stream().anyMatch(context.queryParams()::contains)) {
      Challenge.INVALID_REQUEST.answer(
          context, "An address is logged by many: send the token as Authorization: Bearer.");
    } else if (sent == null) {
      context.next();
    } else if (!sent.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      Challenge.INVALID_TOKEN.answer(context, "Send a token: Authorization: Bearer <token>.");
    } else {
      take(context, sent.substring(SCHEME.length()).strip());
    }
  }

  private void take(RoutingContext context, String token) {
    try {
      Optional<Identity> known = signIn.atOnce(token);
      if (known.isPresent()) {
        goOn(context, known.get());
        return;
      }
    } catch (TokenRefused e) {
      Challenge.INVALID_TOKEN.answer(context, e.getMessage());
      return;
    }
    HttpServerRequest request = context.request();
    request.pause();
    context
        .vertx()
        .executeBlocking(() -> signIn.verify(token), false)
        .onSuccess(
            identity -> {
              request.resume();
              goOn(context, identity);
            })
        .onFailure(
            failure -> {
              request.resume();
              refuse(context, failure);
            });
  }

  private static void goOn(RoutingContext context, Identity identity) {
    context.put(IDENTITY, identity);
    context.next();
  }

  private static void refuse(RoutingContext context, Throwable failure) {
    if (failure instanceof TokenRefused) {
      Challenge.INVALID_TOKEN.answer(context, failure.getMessage());
    } else {
      context.fail(503, failure);
    }
  }
}
