package io.github.lightragmigrate.cli.html;

import io.github.lightragmigrate.cli.terminal.Text;
import java.io.StringWriter;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Elements and text, escaped, in the form that HTML and XML have in common. */
final class Markup {

  /** A call to the writer below, which writes to memory. */
  @FunctionalInterface
  private interface Call {
    void run() throws XMLStreamException;
  }

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter out;

  Markup() {
    try {
      out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn
   */
  Markup open(String element, String... attributes) {
    call(() -> out.writeStartElement(element));
    attributes(attributes);
    return this;
  }

  Markup close() {
    call(out::writeEndElement);
    return this;
  }

  /** What no page can hold is replaced. */
  Markup text(String value) {
    call(() -> out.writeCharacters(shown(value)));
    return this;
  }

  /** An element with nothing but text in it. */
  Markup element(String element, String value, String... attributes) {
    return open(element, attributes).text(value).close();
  }

  /** An element that HTML never closes. */
  Markup empty(String element, String... attributes) {
    call(() -> out.writeEmptyElement(element));
    attributes(attributes);
    return this;
  }

  /** What was written so far. */
  String written() {
    call(out::flush);
    return text.toString();
  }

  private void attributes(String... attributes) {
    for (int i = 0; i < attributes.length; i += 2) {
      String name = attributes[i];
      String value = attributes[i + 1];
      call(() -> out.writeAttribute(name, shown(value)));
    }
  }

  private static String shown(String value) {
    StringBuilder clean = new StringBuilder(value.length());
    Text.oneLine(value)
        .codePoints()
        .map(c -> Character.getType(c) == Character.SURROGATE || (c & 0xfffe) == 0xfffe ? '?' : c)
        .forEach(clean::appendCodePoint);
    return clean.toString();
  }

  private static void call(Call call) {
    try {
      call.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }
}
