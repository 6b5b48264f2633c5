package courier;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives one running Courier, all parts in one process, to all the tests that leave it as it was:
 * they ask for a {@link CourierProcess} in their constructor. JUnit closes it after the last one.
 */
final class SharedCourier implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == CourierProcess.class;
  }

  @Override
  public CourierProcess resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.GLOBAL)
        .getOrComputeIfAbsent(SharedCourier.class, key -> start(), CourierProcess.class);
  }

  private static CourierProcess start() {
    try {
      CourierProcess courier =
          new CourierProcess(Files.createTempDirectory(Path.of("target"), "courier-"));
      courier.start();
      return courier;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
