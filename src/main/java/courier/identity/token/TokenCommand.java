package courier.identity.token;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a token, to try Courier with where there is no identity server. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    header = "Make a token to try Courier with.",
    description = {
      "Signs a token for auth.mode=jwt with the key of auth.keys, which is made the first time.",
      "Send it as Authorization: Bearer <token>, or as auth.token by Socket.IO. Who has that file",
      "can be anybody: where people are real, an identity server has the key."
    })
public final class TokenCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 128;

  @Option(names = "--as", required = true, paramLabel = "NAME", description = "who it is")
  private String name;

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      description = "viewer or operator; everybody is a client")
  private String role;

  @Option(
      names = "--for",
      defaultValue = "PT1H",
      paramLabel = "DURATION",
      description = "how long it is good, as in PT8H or P1D; ${DEFAULT-VALUE} if not said")
  private Duration life;

  @Spec private CommandSpec command;

  private final Supplier<TokenRules> rules;

  /**
   * @param rules which tokens are good here
   */
  public TokenCommand(Supplier<TokenRules> rules) {
    this.rules = rules;
  }

  @Override
  public Integer call() throws IOException {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw mistake("--as takes a name of 1 to 128 characters");
    }
    if (role != null && Role.named(role).filter(known -> known != Role.ANYBODY).isEmpty()) {
      throw mistake("--role takes viewer or operator");
    }
    if (life.isZero() || life.isNegative()) {
      throw mistake("--for takes a time to come, such as PT1H");
    }
    TokenRules good = rules.get();
    if (KeySource.isAddress(good.keys())) {
      throw mistake("auth.keys is an address: ask the issuer there for a token");
    }
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        new JWTClaimsSet.Builder()
            .issuer(good.issuer())
            .audience(good.audiences().iterator().next())
            .subject(name)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(Date.from(now))
            .expirationTime(Date.from(now.plus(life)));
    if (role != null) {
      claims.claim(good.rolesClaim(), List.of(role));
    }
    command.commandLine().getOut().println(DemoKeys.in(Path.of(good.keys())).sign(claims.build()));
    return 0;
  }

  private ParameterException mistake(String why) {
    return new ParameterException(command.commandLine(), why);
  }
}
