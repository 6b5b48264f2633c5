package courier.reload.diagram;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.OtherwiseDefinition;
import org.apache.camel.model.OutputNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.WhenDefinition;

/** The steps of routes, and those within them, in their order. */
record Steps(RouteLinks links, Traffic traffic) {
  /** The ids of all steps of a route. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  static Stream<String> ids(RouteDefinition route) {
    Stream<ProcessorDefinition<?>> steps =
        (Stream)
            ProcessorDefinitionHelper.filterTypeInOutputs(
                route.getOutputs(), ProcessorDefinition.class)
                .stream();
    return steps.map(ProcessorDefinition::getId);
  }

  void draw(List<ProcessorDefinition<?>> steps, ArrayNode into) {
    for (ProcessorDefinition<?> step : steps) {
      // What is for the whole route, such as an error handler, is not on its way.
      if (!step.isAbstract()) {
        draw(step, into.addObject());
      }
    }
  }

  private void draw(ProcessorDefinition<?> step, ObjectNode drawn) {
    drawn.put("id", step.getId()).put("kind", step.getShortName());
    drawn.put("text", StepText.of(step));
    List<String> reached = links.from(step);
    if (!reached.isEmpty()) {
      reached.forEach(drawn.putArray("to")::add);
    }
    traffic.ofStep(step.getId(), drawn);
    if (step instanceof ChoiceDefinition choice) {
      branches(choice, drawn.putArray("steps"));
    } else if (!step.getOutputs().isEmpty()) {
      draw(step.getOutputs(), drawn.putArray("steps"));
    }
  }

  /** They are no steps to Camel, which counts only what is in them. */
  private void branches(ChoiceDefinition choice, ArrayNode into) {
    for (WhenDefinition when : choice.getWhenClauses()) {
      branch(when.getId(), "when", StepText.expression(when.getExpression()), when, into);
    }
    OtherwiseDefinition otherwise = choice.getOtherwise();
    if (otherwise != null) {
      branch(otherwise.getId(), "otherwise", "", otherwise, into);
    }
  }

  private void branch(String id, String kind, String text, OutputNode branch, ArrayNode into) {
    ObjectNode drawn = into.addObject().put("id", id).put("kind", kind).put("text", text);
    draw(branch.getOutputs(), drawn.putArray("steps"));
  }
}
