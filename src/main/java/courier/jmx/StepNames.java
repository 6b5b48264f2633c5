package courier.jmx;

import courier.reload.diagram.StepText;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.camel.NamedNode;
import org.apache.camel.impl.engine.DefaultNodeIdFactory;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.spi.NodeIdFactory;

/**
 * Names the steps that have no {@code id} of their own by what they do, for the JMX console, logs
 * and traces: {@code replay-dead-letter.desk-replay}, not {@code bean20}. A step has the same name
 * each time its file is loaded; the second of a kind in a route ends with {@code -2}.
 */
public final class StepNames implements NodeIdFactory {
  private final NodeIdFactory numbered = new DefaultNodeIdFactory();

  @Override
  public String createId(NamedNode step) {
    NamedNode whole = step;
    while (whole.getParent() != null) {
      whole = whole.getParent();
    }
    if (whole == step || whole.getId() == null) {
      return numbered.createId(step);
    }
    String name = name(step);
    long place = 1 + countBefore(step, name, whole);
    return whole.getId() + "." + name + (place == 1 ? "" : "-" + place);
  }

  /** How many steps before it go by the same name. */
  private static long countBefore(NamedNode step, String name, NamedNode whole) {
    return steps(whole)
        .takeWhile(other -> other != step)
        .filter(other -> !other.hasCustomIdAssigned() && name(other).equals(name))
        .count();
  }

  /** All of a route, or of a route configuration, in their order. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Stream<ProcessorDefinition<?>> steps(NamedNode whole) {
    List<ProcessorDefinition<?>> outputs = List.of();
    if (whole instanceof ProcessorDefinition<?> route) {
      outputs = route.getOutputs();
    } else if (whole instanceof RouteConfigurationDefinition configuration) {
      outputs = (List) configuration.getOnExceptions();
    }
    return (Stream)
        ProcessorDefinitionHelper.filterTypeInOutputs(outputs, ProcessorDefinition.class).stream();
  }

  private static String name(NamedNode step) {
    String kind = dashed(step.getShortName());
    if (step instanceof BeanDefinition bean) {
      return dashed(StepText.bean(bean) + (bean.getMethod() == null ? "" : "-" + bean.getMethod()));
    } else if (step instanceof SendDefinition<?> to) {
      return kind + "-" + target(to.getUri());
    } else if (step instanceof SetVariableDefinition variable) {
      return kind + "-" + dashed(variable.getName());
    } else if (step instanceof SetHeaderDefinition header) {
      return kind + "-" + dashed(header.getName());
    }
    return kind;
  }

  /** The route that is called, or the component. */
  private static String target(String uri) {
    String[] parts = String.valueOf(uri).split("[:?]");
    boolean route = parts.length > 1 && parts[0].matches("direct|seda");
    return dashed(parts[route ? 1 : 0]);
  }

  /** {@code setVariable} as {@code set-variable}; what a name may not have as a dash. */
  private static String dashed(String name) {
    return name.replaceAll("\\(.*", "")
        .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
        .replaceAll("[^A-Za-z0-9]+", "-")
        .toLowerCase(Locale.ROOT);
  }
}
