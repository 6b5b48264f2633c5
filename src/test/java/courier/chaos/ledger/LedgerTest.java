package courier.chaos.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the harness is never taken for what the product did. */
class LedgerTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() {
    try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
      ledger.write("x@b", What.PUSHED, "grüße \"1\"", "one");
      Entry entry = ledger.read().get(0);
      assertEquals(new Entry(entry.at(), "x@b", What.PUSHED, "grüße \"1\"", "one"), entry);
    }
  }

  @Test
  void aLedgerThatCannotBeReadIsAHarnessFault() throws IOException {
    Path file = folder.resolve("ledger");
    try (Ledger ledger = new Ledger(file)) {
      Files.writeString(file, "{\"at\":1,\"wh\n", StandardOpenOption.APPEND);
      assertThrows(HarnessFault.class, ledger::read);
    }
  }

  @Test
  void aThreadOfTheHarnessThatFailsIsAHarnessFault() {
    try (Ledger ledger = new Ledger(folder.resolve("ledger"))) {
      ledger.guard(() -> Integer.parseInt("x")).run();
      assertThrows(HarnessFault.class, ledger::read);
    }
  }
}
