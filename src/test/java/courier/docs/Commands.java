package courier.docs;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The commands of the documentation, and which of them are still to be run. */
final class Commands {
  private final Checkout checkout;
  private final List<String> done = new ArrayList<>();

  Commands(Checkout checkout) {
    this.checkout = checkout;
  }

  /** A command of a page, which is then to be run by who asked. */
  String of(String page, int index) {
    String command = Document.of(page).blocks("sh").get(index);
    done.add(command);
    return command;
  }

  /** Runs a command of a page to its end and gives what it prints. */
  String run(String page, int index) throws IOException, InterruptedException {
    return checkout.run(of(page, index));
  }

  /**
   * Not what starts Maven, which is for a person: a test is part of what it does. Nor what {@link
   * ReleaseIT} runs.
   */
  List<String> left() {
    return Document.all().stream()
        .filter(document -> !document.toString().equals(ReleaseIT.PAGE))
        .flatMap(document -> document.blocks("sh").stream())
        .filter(command -> !command.startsWith("mvn ") && !done.contains(command))
        .toList();
  }
}
