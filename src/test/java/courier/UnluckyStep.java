package courier;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A step as a user may add it, which fails for another reason than poison or an outage. */
final class UnluckyStep {
  private static final String KEEP_MINE =
      "              - filter:\n                  id: keep-mine\n";
  private static final String STEP =
      """
                    - filter:
                        expression: {simple: {expression: "${body[message]} == 'unlucky'"}}
                        steps:
                          - throwException: {exceptionType: java.lang.IllegalStateException, message: no luck}
      """;

  private UnluckyStep() {}

  /** Puts it before the filter of handle-records, in the routes of this folder. */
  static void addTo(Path folder) throws IOException {
    Path route = folder.resolve("routes/client-b/handle-records.camel.yaml");
    String text = Files.readString(route);
    assertTrue(text.contains(KEEP_MINE));
    Files.writeString(route, text.replace(KEEP_MINE, STEP + KEEP_MINE));
  }
}
