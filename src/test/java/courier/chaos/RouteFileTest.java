package courier.chaos;

import static org.junit.jupiter.api.Assertions.assertThrows;

import courier.chaos.ledger.HarnessFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFileTest {
  @TempDir Path folder;

  @Test
  void aStepThatIsNotThereToBeBrokenIsAHarnessFault() throws IOException {
    Files.writeString(folder.resolve("a.camel.yaml"), "- to:\n    id: store\n    uri: x\n");
    assertThrows(HarnessFault.class, () -> RouteFile.with(folder, "id: push"));
    RouteFile route = RouteFile.with(folder, "id: store");
    assertThrows(HarnessFault.class, () -> route.replaceStep("push"));
  }
}
