// The scenario editor: CodeMirror in a shadow root, so that its styles are the root's own (adopted style sheets) and the page's
// Content-Security-Policy needs no exception. It knows YAML and nothing of scenarios: what is wrong with a text and what may stand at
// a place come from the page (web/src/writing/lazy.rs), which asks the session.
//
// `cargo xtask` bundles it into lazy/editor-<hash>.js (xtask/src/editor.rs); the page loads that when a text is first looked at.
// The words it needs of itself are here and not among the page's, so that a first visit does not load them.

import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, bracketMatching, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Annotation, Compartment, EditorSelection, EditorState, Prec } from "@codemirror/state";
import { Decoration, EditorView, MatchDecorator, ViewPlugin, drawSelection, highlightActiveLine, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const CHINESE = {
  Completions: "补全",
  Diagnostics: "问题",
  "No diagnostics": "没有问题",
  Find: "查找",
  Replace: "替换",
  next: "下一个",
  previous: "上一个",
  all: "全部",
  "match case": "区分大小写",
  regexp: "正则表达式",
  "by word": "全字匹配",
  replace: "替换",
  "replace all": "全部替换",
  close: "关闭",
  "current match": "当前匹配",
  "on line": "在第几行",
  "replaced match on line $": "已替换第 $ 行的匹配",
  "replaced $ matches": "已替换 $ 处匹配",
  "Go to line": "转到行",
  go: "转到",
  "Control character": "控制字符",
  "Selection deleted": "已删除所选",
};

/** The change came from the page, which knows it already. */
const fromPage = Annotation.define();

const highlighting = syntaxHighlighting(
  HighlightStyle.define([
    { tag: tags.definition(tags.propertyName), color: "var(--accent)" },
    { tag: tags.string, color: "var(--ok)" },
    { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
    { tag: [tags.labelName, tags.typeName, tags.meta], color: "var(--t3)" },
    { tag: [tags.brace, tags.squareBracket, tags.separator, tags.punctuation], color: "var(--soft)" },
  ]),
);

/** Numbers with their units, which YAML takes for plain text. */
const numbers = new MatchDecorator({
  regexp: /(?<=[\s[{,:]|^)-?\d+(?:\.\d+)?(?:[a-zµ%]+(?:\/s)?|\/s)?(?=[\s\]},]|$)|(?<=:\s)(?:true|false)\b/g,
  decoration: Decoration.mark({ class: "cm-number" }),
});
const numbered = ViewPlugin.fromClass(
  class {
    constructor(view) {
      this.marks = numbers.createDeco(view);
    }
    update(update) {
      this.marks = numbers.updateDeco(update, this.marks);
    }
  },
  { decorations: (plugin) => plugin.marks },
);

const panel = { backgroundColor: "var(--panel)", color: "var(--ink)", border: "1px solid var(--line)" };
const theme = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--stage)", color: "var(--ink)", fontSize: "var(--code, 12.5px)" },
  // The page outlines the whole editor.
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.5", overscrollBehavior: "contain" },
  ".cm-content": { caretColor: "var(--accent)", padding: "8px 0" },
  ".cm-cursor": { borderLeftColor: "var(--accent)", borderLeftWidth: "2px" },
  ".cm-gutters": { backgroundColor: "var(--stage)", color: "var(--soft)", borderRight: "1px solid var(--line)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--accent) 6%, transparent)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "color-mix(in srgb, var(--accent) 26%, transparent)",
  },
  ".cm-number": { color: "var(--t3)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--accent) 22%, transparent)" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--warn) 22%, transparent)" },
  ".cm-searchMatch": { backgroundColor: "color-mix(in srgb, var(--warn) 34%, transparent)" },
  ".cm-tooltip": { ...panel, borderRadius: "8px", boxShadow: "0 8px 30px rgb(0 0 0 / .18)", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", fontSize: "var(--code, 12.5px)", maxHeight: "14em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 10px", display: "flex", gap: "14px", justifyContent: "space-between" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-colour)" },
  ".cm-completionDetail": { fontFamily: "var(--font)", fontStyle: "normal", fontSize: "12px", marginLeft: "0", color: "var(--soft)", maxWidth: "36ch", overflow: "hidden", textOverflow: "ellipsis" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-panels": panel,
  ".cm-panel.cm-search": { fontFamily: "var(--font)", fontSize: "13px" },
  ".cm-textfield": { ...panel, borderRadius: "6px", fontSize: "13px" },
  ".cm-button": { ...panel, backgroundImage: "none", borderRadius: "6px", fontSize: "13px" },
  ".cm-panel.cm-search [name=close]": { color: "inherit", fontSize: "18px" },
  ".cm-diagnostic": { fontFamily: "var(--font)", fontSize: "13px", maxWidth: "60ch" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--bad)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--warn)" },
});

/** What is said, without the marks that code has in a sentence. */
function plain(words) {
  return words.replaceAll("`", "");
}

/** Where a line and a column in characters, both from 1, are in a document; inside it whatever they say. */
function offset(doc, line, column) {
  const row = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const before = [...row.text].slice(0, Math.max(column - 1, 0)).join("");
  return row.from + before.length;
}

/**
 * Makes an editor. `heard(what, text, line, column)` hears what happens: "typed" with the new text, "run", and "asks" what may
 * stand at a place of the text, which `offer` answers.
 */
function create(host, text, heard) {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(":host, :host > div { height: 100%; min-width: 0; }");
  root.adoptedStyleSheets = [sheet];
  const mount = document.createElement("div");
  root.replaceChildren(mount);
  // The page's own keys are not meant for what is typed here.
  mount.addEventListener("keydown", (event) => event.stopPropagation());
  const [words, label] = [new Compartment(), new Compartment()];
  let waiting = null;

  function asks(context) {
    const word = context.matchBefore(/[\p{L}\p{N}_/-]*/u);
    if (!context.explicit && !word?.text) return null;
    const row = context.state.doc.lineAt(context.pos);
    const column = [...row.text.slice(0, context.pos - row.from)].length + 1;
    return new Promise((resolve) => {
      waiting?.resolve(null);
      waiting = { resolve, pos: context.pos, from: word?.from ?? context.pos, explicit: context.explicit };
      context.addEventListener("abort", () => resolve(null));
      heard("asks", context.state.doc.toString(), row.number, column);
    });
  }

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const view = new EditorView({
    root,
    parent: mount,
    state: EditorState.create({
      doc: text,
      extensions: [
        lintGutter(),
        lineNumbers(),
        highlightSpecialChars(),
        history(),
        drawSelection({ cursorBlinkRate: still ? 0 : 1200 }),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        search({ top: true }),
        yaml(),
        numbered,
        highlighting,
        theme,
        autocompletion({ override: [asks], icons: false, maxRenderedOptions: 60 }),
        Prec.high(keymap.of([{ key: "Mod-Enter", run: () => (heard("run", "", 0, 0), true) }])),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
        EditorState.tabSize.of(2),
        words.of([]),
        label.of([]),
        EditorView.updateListener.of((update) => {
          const own = update.transactions.some((one) => one.annotation(fromPage));
          if (update.docChanged && !own) heard("typed", update.state.doc.toString(), 0, 0);
        }),
      ],
    }),
  });

  // Whoever focuses the element means the text in it.
  host.focus = () => view.focus();

  // What is wrong is told below the text, which has less room then: the line that is written on stays in sight.
  const sized = new ResizeObserver(() => {
    if (view.hasFocus) view.dispatch({ effects: EditorView.scrollIntoView(view.state.selection.main.head) });
  });
  sized.observe(view.dom);

  /** Writes what was taken, goes on inside braces, and asks at once for the value behind a colon. */
  function write(insert) {
    return (editor, _, from, to) => {
      const inside = insert.endsWith(": }");
      const whole = inside ? `${insert.slice(0, -1)} }` : insert;
      const caret = from + (inside ? whole.length - 2 : whole.length);
      editor.dispatch({
        changes: { from, to, insert: whole },
        selection: EditorSelection.cursor(caret),
        userEvent: "input.complete",
      });
      if (inside || insert.endsWith(": ")) startCompletion(editor);
    };
  }

  return {
    put(next) {
      if (next === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, annotations: fromPage.of(true) });
    },
    language(lang, words_for) {
      const phrases = lang.startsWith("zh") ? EditorState.phrases.of(CHINESE) : [];
      const named = EditorView.contentAttributes.of({ "aria-label": words_for, spellcheck: "false", tabindex: "0" });
      view.dispatch({ effects: [words.reconfigure(phrases), label.reconfigure(named)] });
    },
    problems(all) {
      const { doc } = view.state;
      const placed = all.filter(([line]) => line > 0 && line <= doc.lines + 1);
      const diagnostics = placed.map(([line, column, length, warning, message]) => {
        const from = offset(doc, line, column);
        const end = doc.lineAt(from).to;
        return { from, to: Math.min(end, Math.max(offset(doc, line, column + length), from)), severity: warning ? "warning" : "error", message };
      });
      diagnostics.sort((one, other) => one.from - other.from);
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    offer(_typed, offers, expected) {
      if (!waiting) return;
      const { resolve, pos, from, explicit } = waiting;
      waiting = null;
      if (offers.length > 0) {
        const options = offers.map(([name, insert, about], at) => ({ label: name, detail: plain(about), apply: write(insert), boost: -at / 10 }));
        resolve({ from, options, validFor: /^[\p{L}\p{N}_/-]*$/u });
      } else if (expected && explicit) {
        resolve({ from: pos, options: [{ label: plain(expected), apply: () => {} }], filter: false });
      } else {
        resolve(null);
      }
    },
    go(line, column, length) {
      const { doc } = view.state;
      const [from, to] = [offset(doc, line, column), offset(doc, line, column + length)];
      const selection = EditorSelection.single(from, Math.max(from, to));
      view.dispatch({ selection, effects: EditorView.scrollIntoView(from, { y: "center" }) });
      view.focus();
    },
    end() {
      sized.disconnect();
      waiting?.resolve(null);
      view.destroy();
    },
  };
}

globalThis.musterEditor = { create };
