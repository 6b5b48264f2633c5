package courier.check.mistake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.LanguageModel;

/** All components and languages of this version of Camel, those that are not here too. */
public final class Catalogue {
  private static final String SERVICES = "META-INF/services/org/apache/camel/";

  private final CamelCatalog catalog = new DefaultCamelCatalog(true);

  /** Null if there is none of this scheme. */
  ComponentModel component(String scheme) {
    if (catalog.componentModel(scheme) == null) {
      addOurs(scheme);
    }
    return catalog.componentModel(scheme);
  }

  /** A component that is not Camel's, from what its build generated beside its class. */
  private void addOurs(String scheme) {
    try (InputStream service = resource(SERVICES + "component/" + scheme)) {
      if (service != null) {
        Properties properties = new Properties();
        properties.load(service);
        String type = properties.getProperty("class");
        String folder = "META-INF/" + type.substring(0, type.lastIndexOf('.')).replace('.', '/');
        try (InputStream json = resource(folder + "/" + scheme + ".json")) {
          if (json != null) {
            String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
            catalog.addComponent(scheme, type, text);
          }
        }
      }
    } catch (IOException e) {
      // as one that nobody knows
    }
  }

  private static InputStream resource(String name) {
    return Catalogue.class.getClassLoader().getResourceAsStream(name);
  }

  List<String> components() {
    return catalog.findComponentNames();
  }

  List<String> languages() {
    return catalog.findLanguageNames();
  }

  LanguageModel language(String name) {
    return catalog.languageModel(name);
  }

  boolean hasComponentHere(String scheme) {
    return Catalogue.class.getClassLoader().getResource(SERVICES + "component/" + scheme) != null;
  }

  boolean hasLanguageHere(String name) {
    return Catalogue.class.getClassLoader().getResource(SERVICES + "language/" + name) != null;
  }

  EndpointValidationResult validate(String uri, boolean from) {
    return catalog.validateEndpointProperties(uri, false, from, !from);
  }
}
