package courier.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dsl.java.joor.JavaRoutesBuilderLoader;
import org.apache.camel.impl.engine.DefaultRoutesLoader;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Loads route files that are Java. One that is still what it was when Courier was built need not be
 * compiled, which would cost each start a second; any other is, when it is loaded.
 */
public final class JavaRoutes extends JavaRoutesBuilderLoader {
  /** In the jar; not where Camel's compiler looks first, or it would not see an edited file. */
  private static final String COMPILED = "/compiled-routes/";

  private final ClassLoader classes = new Compiled();

  public static void install(CamelContext context) throws Exception {
    JavaRoutes routes = new JavaRoutes();
    routes.setCamelContext(context);
    // Now, as routes are loaded before the context starts.
    context.addService(routes, true, true);
    context.getRegistry().bind(DefaultRoutesLoader.ROUTES_LOADER_KEY_PREFIX + EXTENSION, routes);
  }

  @Override
  public void preParseRoutes(Collection<Resource> files) throws Exception {
    List<Resource> edited = of(files, false);
    if (!edited.isEmpty()) {
      super.preParseRoutes(edited);
    }
  }

  @Override
  protected Collection<RoutesBuilder> doLoadRoutesBuilders(Collection<Resource> files)
      throws Exception {
    List<RoutesBuilder> builders = new ArrayList<>();
    for (Resource file : of(files, true)) {
      builders.add(builder(file));
    }
    List<Resource> edited = of(files, false);
    if (!edited.isEmpty()) {
      builders.addAll(super.doLoadRoutesBuilders(edited));
    }
    // Camel does it for those that are there when it starts, not for what is loaded again.
    for (RoutesBuilder builder : builders) {
      inject(builder);
    }
    return builders;
  }

  private static List<Resource> of(Collection<Resource> files, boolean asBuilt) throws IOException {
    List<Resource> some = new ArrayList<>();
    for (Resource file : files) {
      if (isAsBuilt(file) == asBuilt) {
        some.add(asBuilt ? file : unmarked(file));
      }
    }
    return some;
  }

  /** Without the byte-order mark of some editors, which the compiler does not take. */
  private static Resource unmarked(Resource file) throws IOException {
    try (InputStream now = file.getInputStream()) {
      String text = new String(now.readAllBytes(), StandardCharsets.UTF_8);
      return text.startsWith("\uFEFF") ? Origin.resource(path(file), text.substring(1)) : file;
    }
  }

  private static boolean isAsBuilt(Resource file) throws IOException {
    Path path = path(file);
    try (InputStream built =
            JavaRoutes.class.getResourceAsStream(
                COMPILED + path.getParent().getFileName() + "/" + path.getFileName());
        InputStream now = file.getInputStream()) {
      return built != null && text(built).equals(text(now));
    }
  }

  /** A checkout may have other ends of lines than what was built. */
  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
  }

  private static Path path(Resource file) {
    return Path.of(file.getLocation().replaceFirst("^file:", ""));
  }

  private RouteBuilder builder(Resource file) throws ClassNotFoundException {
    String name = path(file).getFileName().toString().replaceFirst("\\.java$", "");
    Class<?> type = classes.loadClass(name);
    RouteBuilder builder = (RouteBuilder) getCamelContext().getInjector().newInstance(type, false);
    builder.setCamelContext(getCamelContext());
    builder.setResource(file);
    return builder;
  }

  private void inject(RoutesBuilder builder) throws Exception {
    String name = builder.getClass().getName();
    PluginHelper.getBeanPostProcessor(getCamelContext())
        .postProcessBeforeInitialization(builder, name);
  }

  private static final class Compiled extends ClassLoader {
    Compiled() {
      super(JavaRoutes.class.getClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream code = JavaRoutes.class.getResourceAsStream(COMPILED + name + ".class")) {
        if (code == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = code.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
