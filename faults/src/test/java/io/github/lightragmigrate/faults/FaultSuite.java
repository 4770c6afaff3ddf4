package io.github.lightragmigrate.faults;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the suite's tally, which JUnit closes, and so prints, behind the last test. */
final class FaultSuite implements ParameterResolver {

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == FaultTally.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(FaultSuite.class))
        .getOrComputeIfAbsent(FaultTally.class, type -> new FaultTally(), FaultTally.class);
  }
}
