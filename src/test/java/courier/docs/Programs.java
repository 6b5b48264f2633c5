package courier.docs;

import java.io.IOException;
import java.nio.file.Path;

/** The programs of the documentation, where they find the modules they import. */
final class Programs {
  private final Checkout checkout;

  Programs(Checkout checkout) {
    this.checkout = checkout;
  }

  /** Starts the program that all pieces of a page are, and gives where it says something. */
  Path start(String page, String name) throws IOException {
    return launch(name, String.join("\n", Document.of(page).blocks("js")));
  }

  /** The same, with these two names exchanged. */
  Path startExchanged(String page, String one, String other) throws IOException {
    String program = String.join("\n", Document.of(page).blocks("js"));
    return launch(other, program.replace(one, "\0").replace(other, one).replace("\0", other));
  }

  private Path launch(String name, String program) throws IOException {
    String file = "target/web/" + name + ".mjs";
    checkout.write(file, program);
    return checkout.launch("node " + file);
  }
}
