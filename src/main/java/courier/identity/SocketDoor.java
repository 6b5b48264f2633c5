package courier.identity;

import courier.identity.token.Identity;
import courier.identity.token.Role;
import courier.identity.token.TokenRefused;
import courier.socketio.guard.Doorkeeper;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Asks a client of Socket.IO for its token, as {@link TokenHandler} asks who comes by HTTP. */
public final class SocketDoor implements Doorkeeper {
  private static final int THREADS = 4;
  private static final int MOST_WAITING = 10_000;

  private final SignIn signIn;
  private final ThreadPoolExecutor verifying =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          30,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          new DefaultThreadFactory("sign-in", true));

  public SocketDoor(SignIn signIn) {
    this.signIn = signIn;
    verifying.allowCoreThreadTimeOut(true);
  }

  @Override
  public CompletionStage<Caller> ask(String token) {
    CompletableFuture<Caller> answer = new CompletableFuture<>();
    try {
      if (token == null) {
        throw new TokenRefused("Say who you are: connect with auth.token.");
      }
      Optional<Identity> known = signIn.atOnce(token);
      if (known.isPresent()) {
        answer.complete(new SignedIn(known.get(), signIn));
      } else {
        verifying.execute(() -> verify(token, answer));
      }
    } catch (TokenRefused e) {
      answer.completeExceptionally(said(e));
    } catch (RejectedExecutionException e) {
      answer.completeExceptionally(new IllegalStateException("Too many come now: try again."));
    }
    return answer;
  }

  private void verify(String token, CompletableFuture<Caller> answer) {
    try {
      answer.complete(new SignedIn(signIn.verify(token), signIn));
    } catch (TokenRefused e) {
      answer.completeExceptionally(said(e));
    } catch (Throwable e) { // whatever it is, the client waits for an answer
      answer.completeExceptionally(e);
    }
  }

  /** A word that a program can look for, where there is something that a program can do. */
  private static Exception said(TokenRefused refused) {
    return refused.isExpired() ? new IllegalArgumentException(TokenRefused.EXPIRED) : refused;
  }

  /** A client that was let in. */
  record SignedIn(Identity identity, SignIn signIn) implements Caller {
    @Override
    public String name() {
      return identity.name();
    }

    @Override
    public boolean mayBeAnybody() {
      return identity.has(Role.OPERATOR);
    }

    @Override
    public Duration left() {
      return signIn.left(identity);
    }

    @Override
    public boolean mayStay() {
      return signIn.isGood(identity);
    }
  }
}
