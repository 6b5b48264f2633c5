package courier.check.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.LineNumberAware;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RemoveHeadersDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.NamespaceAware;

/** The steps of a Java route file, from the routes that it makes. */
final class JavaSteps {
  private final Path file;

  JavaSteps(Path file) {
    this.file = file;
  }

  Step route(RouteDefinition route) {
    int line = line(route.getInput(), 1);
    Map<String, Text> values = new LinkedHashMap<>();
    if (route.hasCustomIdAssigned()) {
      values.put("id", new Text(route.getRouteId(), line));
    }
    put(values, "routeConfigurationId", route.getRouteConfigurationId(), line);
    errorHandler(route.getErrorHandlerFactory(), values, line);
    Map<String, Text> from = new LinkedHashMap<>();
    put(from, "uri", route.getInput().getEndpointUri(), line);
    Step input = new Step(file, "from", line, from, steps(route.getOutputs(), line));
    return new Step(file, "route", line, values, List.of(input));
  }

  private static void errorHandler(Object handler, Map<String, Text> values, int line) {
    if (handler == null) {
      return;
    }
    String way = "errorHandler.";
    if (handler instanceof DeadLetterChannelBuilder
        || handler instanceof DeadLetterChannelDefinition) {
      DeadLetterChannelDefinition channel = (DeadLetterChannelDefinition) handler;
      way += "deadLetterChannel.";
      put(values, way + "deadLetterUri", channel.getDeadLetterUri(), line);
      put(
          values,
          way + "deadLetterHandleNewException",
          channel.getDeadLetterHandleNewException(),
          line);
    } else {
      values.put(way + handler.getClass().getSimpleName(), new Text("", line));
    }
  }

  private List<Step> steps(List<ProcessorDefinition<?>> outputs, int outer) {
    List<Step> steps = new ArrayList<>();
    outputs.forEach(output -> steps.add(step(output, outer)));
    return steps;
  }

  private Step step(ProcessorDefinition<?> step, int outer) {
    int line = line(step, outer);
    Map<String, Text> values = new LinkedHashMap<>();
    if (step.hasCustomIdAssigned()) {
      values.put("id", new Text(step.getId(), line));
    }
    if (step instanceof EndpointRequiredDefinition endpoint) {
      put(values, "uri", endpoint.getEndpointUri(), line);
    } else if (step instanceof BeanDefinition bean) {
      put(values, "ref", bean.getRef(), line);
      put(values, "beanType", type(bean), line);
      put(values, "method", bean.getMethod(), line);
    } else if (step instanceof RemoveHeadersDefinition remove) {
      put(values, "pattern", remove.getPattern(), line);
    } else if (step instanceof LogDefinition log) {
      put(values, "message", log.getMessage(), line);
    } else if (step instanceof OnExceptionDefinition handler) {
      expression("handled", handler.getHandledPolicy(), values, line);
    } else if (step instanceof ExpressionNode node) {
      expression("expression", node.getExpression(), values, line);
    }
    return new Step(file, step.getShortName(), line, values, steps(step.getOutputs(), line));
  }

  private static String type(BeanDefinition bean) {
    if (bean.getBean() != null) {
      Object object = bean.getBean();
      return object instanceof Class<?> type ? type.getName() : object.getClass().getName();
    }
    return bean.getBeanType();
  }

  private static void expression(
      String key, Object expression, Map<String, Text> values, int line) {
    if (expression instanceof ExpressionDefinition definition
        && !(expression instanceof NamespaceAware)
        && definition.getExpression() != null) {
      put(
          values,
          key + "." + definition.getLanguage() + ".expression",
          definition.getExpression(),
          line);
    }
  }

  private static void put(Map<String, Text> values, String key, String value, int line) {
    if (value != null) {
      values.put(key, new Text(value, line));
    }
  }

  private static int line(LineNumberAware place, int outer) {
    return place.getLineNumber() > 0 ? place.getLineNumber() : outer;
  }
}
