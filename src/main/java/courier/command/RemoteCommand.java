package courier.command;

import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that asks a running Courier, and ends with a status that a script can look at. */
abstract class RemoteCommand implements Callable<Integer> {
  static final String EXIT_CODES = "%nExit codes:%n";

  @Mixin final Remote remote;

  @Spec private CommandSpec command;

  RemoteCommand(Supplier<Addresses> usual) {
    remote = new Remote(usual, System.getenv());
  }

  @Override
  public final Integer call() {
    try {
      return run(new Api(remote.token()));
    } catch (Unsuccessful e) {
      out().flush();
      command.commandLine().getErr().println("courier: " + e.getMessage());
      return e.status();
    } finally {
      out().flush();
    }
  }

  /** Returns the status to end with. */
  abstract int run(Api api) throws Unsuccessful;

  final PrintWriter out() {
    return command.commandLine().getOut();
  }

  final void say(String remark) {
    command.commandLine().getErr().println(remark);
  }

  final URI clientB(String path) {
    return at(remote.clientB(), path);
  }

  static URI at(URI service, String path) {
    return URI.create(service.toString().replaceFirst("/$", "") + path);
  }

  static void pause(int seconds) throws Unsuccessful {
    try {
      TimeUnit.SECONDS.sleep(seconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Unsuccessful(Unsuccessful.NOT_THERE, "Interrupted.");
    }
  }

  static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
