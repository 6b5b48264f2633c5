package courier.training;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs Courier under a load and keeps what the virtual machine learnt. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    header = "Make the next start fast.",
    description = {
      "Runs Courier by itself under a load for a while, on ports and data of its own,",
      "and keeps its classes, loaded and linked, beside the jar. Who starts Courier",
      "with courier.options then starts from there. Do it again after a build."
    })
public final class Train implements Callable<Integer> {
  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "how long the load lasts, ${DEFAULT-VALUE} if not said")
  private int seconds;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (seconds < 1) {
      throw new ParameterException(command.commandLine(), "--seconds takes a number from 1 on");
    }
    OptionsFile options = OptionsFile.besideJar();
    Recording recording = Recording.ofThisJava(options.folder());
    say("Courier runs under a load for %d s, to be trained.", seconds);
    options.forgetTraining();
    recording.discard();
    try (Trainee trainee = Trainee.start(recording.options(), options)) {
      String load = Load.on(trainee, Duration.ofSeconds(seconds));
      say("There were %s.", load);
      recording.finish(trainee);
    }
    options.useTraining(recording.use());
    say("What it learnt is %s, and %s says so.", recording.file(), options);
    return 0;
  }

  private void say(String line, Object... values) {
    command.commandLine().getOut().println(line.formatted(values));
    command.commandLine().getOut().flush();
  }
}
