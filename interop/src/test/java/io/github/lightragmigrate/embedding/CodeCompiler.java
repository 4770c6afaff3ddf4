package io.github.lightragmigrate.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles blocks for Java 17, against what the tests have, and loads them. */
final class CodeCompiler {

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final Path classes;

  /**
   * @param classes directory for class files
   */
  CodeCompiler(Path classes) {
    this.classes = classes;
  }

  ClassLoader compile(CodeBlock block) throws IOException {
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "--release",
            "17",
            "-proc:none",
            "-Xlint:deprecation,removal,unchecked,rawtypes",
            "-d",
            classes.toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    boolean compiled =
        compiler.getTask(null, null, diagnostics, options, null, List.of(file(block))).call();
    assertThat(diagnostics.getDiagnostics())
        .as(block.toString())
        .filteredOn(
            each ->
                each.getKind() == Diagnostic.Kind.ERROR
                    || each.getCode().startsWith("compiler.warn.has.been.deprecated"))
        .isEmpty();
    assertThat(compiled).as(block.toString()).isTrue();
    return new URLClassLoader(new URL[] {url()}, getClass().getClassLoader());
  }

  private URL url() throws MalformedURLException {
    return classes.toUri().toURL();
  }

  private static JavaFileObject file(CodeBlock block) {
    String path = "string:///" + block.className().replace('.', '/') + ".java";
    return new SimpleJavaFileObject(URI.create(path), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return block.source();
      }
    };
  }
}
