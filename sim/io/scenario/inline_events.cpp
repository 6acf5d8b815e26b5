#include "io/scenario/inline_events.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

#include "io/fields.hpp"
#include "io/scenario/overrides.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/targets.hpp"
#include "io/scenario/yaml.hpp"

namespace entente::detail {

namespace {

using Words = std::vector<std::string>;
using Span = std::span<const std::string>;

constexpr std::string_view blanks = " \t\r\n";
// What may follow a change, each with the key of an event that it stands for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> qualifiers{
    {{"for", "duration"}, {"until", "until"}, {"with", "probability"}, {"of", "authority"}}};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

// The parts between separators, without blanks around them and without empty ones.
Words split(std::string_view text, std::string_view separators) {
  Words parts;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of(separators), text.size());
    if (auto part = trimmed(text.substr(0, end)); !part.empty()) parts.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

bool is_qualifier(std::string_view word) {
  return std::any_of(qualifiers.begin(), qualifiers.end(),
                     [&](const auto& qualifier) { return qualifier.first == word; });
}

/// Reads one event. A text that cannot be understood is reported once and abandoned.
class Sentence {
 public:
  Sentence(const World& world, Mark mark, Problems& problems)
      : world_(world), mark_(mark), problems_(problems) {}

  std::optional<YamlNode> read(const std::string& text) {
    const auto words = split(text, blanks);
    if (!parse_date(words[0])) {
      refuse(words[0], "a date (YYYY, YYYY-MM or YYYY-MM-DD) and what happens then");
      return std::nullopt;
    }
    add(event_, "date", words[0]);
    const auto end = std::find_if(words.begin() + 1, words.end(), is_qualifier);
    const Span rest(words.begin() + 1, end);
    if (!read_verb(rest) || !read_qualifiers({end, words.end()})) return std::nullopt;
    event_.insert("change", mark_, std::move(change_));
    return std::move(event_);
  }

 private:
  // --- nodes ---------------------------------------------------------------------------------

  [[nodiscard]] YamlNode scalar(std::string text) const {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.mark = mark_;
    node.text = std::move(text);
    return node;
  }

  void add(YamlNode& node, std::string_view key, std::string text) {
    node.mark = mark_;
    node.insert(std::string(key), mark_, scalar(std::move(text)));
  }

  [[nodiscard]] YamlNode list(const Words& words) const {
    YamlNode node;
    node.kind = YamlNode::Kind::sequence;
    node.mark = mark_;
    for (const auto& word : words) node.children.push_back(scalar(word));
    return node;
  }

  // `all`, one name or several.
  [[nodiscard]] YamlNode names(const Words& words) const {
    return words.size() == 1 ? scalar(words[0]) : list(words);
  }

  // `CHN,org:SCO,region:Central Asia except KAZ`: what stands before a colon is a key of selectors.
  [[nodiscard]] YamlNode selector(Span words) const {
    const auto less = std::find(words.begin(), words.end(), "except");
    const auto items = split(fmt::format("{}", fmt::join(words.begin(), less, " ")), ",");
    const bool plain = std::none_of(items.begin(), items.end(), [](const std::string& item) {
      return item.find(':') != std::string::npos;
    });
    if (plain && less == words.end()) return names(items);
    YamlNode node;
    node.kind = YamlNode::Kind::mapping;
    node.mark = mark_;
    for (const auto& item : items) {
      const auto colon = item.find(':');
      if (plain && item == "all") continue;  // a mapping that names nobody starts from all
      const auto key = colon == std::string::npos ? "ids" : trimmed(item.substr(0, colon));
      const auto name = colon == std::string::npos ? item : trimmed(item.substr(colon + 1));
      auto at = node.position(key);
      if (at == node.keys.size()) node.insert(key, mark_, list({}));
      node.children[at].children.push_back(scalar(name));
    }
    if (less != words.end()) node.insert("except", mark_, selector({less + 1, words.end()}));
    return node;
  }

  // --- problems ------------------------------------------------------------------------------

  bool refuse(std::string_view word, std::string_view allowed) {
    problems_.add(mark_, "",
                  fmt::format("found {}; allowed: {}",
                              word.empty() ? std::string("nothing more") : quote(word), allowed));
    return false;
  }

  bool refuse_name(const std::string& name, const Words& known, std::string_view what) {
    problems_.add(mark_, "", unknown_name(name, known, what));
    return false;
  }

  // --- what happens --------------------------------------------------------------------------

  static Words verbs() {
    Words list{"recognise", "withdraw"};
    for (const auto op : all_ops) list.emplace_back(to_string(op));
    return list;
  }

  bool read_verb(Span words) {
    if (words.empty()) return refuse("", join(verbs()));
    const auto& verb = words[0];
    words = words.subspan(1);
    const auto& recognition = world_.model.ladders[index_of(LadderRole::recognition)];
    if (verb == "recognise" || verb == "recognize")
      return set_recognition(verb, recognition.recognises_from, words);
    if (verb == "withdraw") return set_recognition(verb, 0, words);
    for (const auto op : all_ops)
      if (to_string(op) == verb) return read_change(op, words);
    return refuse_name(verb, verbs(), "verbs");
  }

  bool set_recognition(const std::string& verb, Rung rung, Span actors) {
    const auto& rungs = world_.rungs[index_of(LadderRole::recognition)].list();
    if (actors.empty()) return refuse("", verb + " ACTORS");
    if (rung >= rungs.size())
      return refuse(verb, "verbs that fit: no rung of the recognition ladder recognises");
    add(change_, "set", "rung");
    return add_rung(LadderRole::recognition, Span(&rungs[rung], 1), actors, EventOp::set);
  }

  bool add_rung(LadderRole role, Span rungs, Span actors, EventOp op) {
    add(change_, "ladder", std::string(to_string(role)));
    change_.insert("actors", mark_, selector(actors));
    add_values(op, rungs);
    return true;
  }

  // `from` and `to` of a band, `by` of an addition, `to` of all else.
  void add_values(EventOp op, Span values) {
    if (op == EventOp::band) add(change_, "from", values[0]);
    add(change_, op == EventOp::add || op == EventOp::scale ? "by" : "to", values.back());
  }

  bool read_change(EventOp op, Span words) {
    const std::string name = words.empty() ? "" : words[0];
    const auto* target = find_target(name);
    if (target != nullptr && target->space != Space::rung && target->allows(op))
      return read_target(op, *target, words.subspan(1));
    if (!name.empty() && find_target("rung")->allows(op) && find_ladder(name))
      return read_rung(op, words);
    if (ambiguous_) return false;
    Words known;
    if (find_target("rung")->allows(op))
      for (const auto& ladder : world_.rungs)
        known.insert(known.end(), ladder.list().begin(), ladder.list().end());
    for (auto& other : target_names(op))
      if (other != "rung") known.push_back(std::move(other));
    return refuse_name(name, known,
                       fmt::format("with '{}': a rung, as in the ladders, or a name of 'Changes' "
                                   "(entente list parameters, ladders)",
                                   to_string(op)));
  }

  // --- rungs of actors -----------------------------------------------------------------------

  // The ladder of `rung` or `ladder.rung`; reports a rung that several ladders have.
  std::optional<LadderRole> find_ladder(const std::string& word) {
    std::vector<LadderRole> found;
    Words choices;
    for (const auto role : all_ladders) {
      const auto full = std::string(to_string(role)) + '.';
      if (word.starts_with(full)) return role;
      const auto& rungs = world_.rungs[index_of(role)].list();
      if (std::find(rungs.begin(), rungs.end(), word) == rungs.end()) continue;
      found.push_back(role);
      choices.push_back(full + word);
    }
    if (found.size() == 1) return found[0];
    ambiguous_ = found.size() > 1;
    if (ambiguous_) refuse(word, join(choices));
    return std::nullopt;
  }

  bool read_rung(EventOp op, Span words) {
    const std::size_t values = op == EventOp::band ? 2 : 1;
    const auto role = *find_ladder(words[0]);
    if (words.size() <= values)
      return refuse("",
                    fmt::format("{} {} ACTORS", to_string(op), values == 2 ? "RUNG RUNG" : "RUNG"));
    Words rungs;
    const auto prefix = std::string(to_string(role)) + '.';
    for (const auto& word : words.first(values))
      rungs.push_back(word.starts_with(prefix) ? word.substr(prefix.size()) : word);
    add(change_, to_string(op), "rung");
    return add_rung(role, rungs, words.subspan(values), op);
  }

  // --- everything else -----------------------------------------------------------------------

  // `add salience NUMBER GROUP ACTORS`, for messages.
  static std::string pattern(EventOp op, const Target& target) {
    const auto* value = target.takes_rung() ? " RUNG" : " NUMBER";
    auto text = fmt::format("{} {}{}{}", to_string(op), target.name, value,
                            op == EventOp::band ? value : "");
    for (const auto& key : target.keys) {
      if (key == "authority") continue;
      text += key == "towards" ? " towards ACTORS" : ' ' + key;
    }
    for (auto& c : std::span(text).subspan(text.find(value)))
      if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (const auto at = text.find("TOWARDS"); at != std::string::npos)
      text.replace(at, 7, "towards");
    return text;
  }

  bool read_target(EventOp op, const Target& target, Span words) {
    const std::size_t values = op == EventOp::band ? 2 : 1;
    const auto fail = [&](std::string_view word) { return refuse(word, pattern(op, target)); };
    if (words.size() < values) return fail("");
    add(change_, to_string(op), target.name);
    add_values(op, words.first(values));
    words = words.subspan(values);
    for (const auto& key : target.keys) {
      if (key == "authority") continue;
      if (key == "towards") {
        if (words.empty() || words[0] != "towards") return fail(words.empty() ? "" : words[0]);
        words = words.subspan(1);
      }
      if (words.empty()) return fail("");
      const bool actors = key == "actors" || key == "towards";
      const auto taken = actors
                             ? static_cast<std::size_t>(
                                   std::find(words.begin(), words.end(), "towards") - words.begin())
                             : 1;
      if (taken == 0) return fail(words[0]);
      change_.insert(key, mark_,
                     actors ? selector(words.first(taken)) : names(split(words[0], ",")));
      words = words.subspan(taken);
    }
    return words.empty() || fail(words[0]);
  }

  // --- how long, how probable, of whom -------------------------------------------------------

  bool read_qualifiers(Span words) {
    while (!words.empty()) {
      const auto* qualifier = std::find_if(qualifiers.begin(), qualifiers.end(),
                                           [&](const auto& one) { return one.first == words[0]; });
      const auto end = std::find_if(words.begin() + 1, words.end(), is_qualifier);
      Span values(words.begin() + 1, end);
      words = {end, words.end()};
      const std::string key(qualifier->second);
      if (key == "probability") {
        if (values.empty() || values[0] != key)
          return refuse(values.empty() ? "" : values[0], "with probability NUMBER");
        values = values.subspan(1);
      }
      if (values.empty())
        return refuse("", key + " after '" + std::string(qualifier->first) + '\'');
      auto& node = key == "authority" ? change_ : event_;
      if (node.position(key) < node.keys.size()) return refuse(qualifier->first, "once");
      add(node, key, fmt::format("{}", fmt::join(values, " ")));
    }
    return true;
  }

  const World& world_;
  Mark mark_;
  Problems& problems_;
  YamlNode event_;
  YamlNode change_;
  bool ambiguous_ = false;
};

}  // namespace

std::vector<YamlNode> read_inline_events(const std::string& text, const World& world,
                                         Sources& sources, Problems& problems) {
  std::vector<YamlNode> events;
  const auto whole = trimmed(text);
  const auto parts = whole.starts_with('{') ? Words{whole} : split(whole, ";");
  for (const auto& part : parts) {
    const auto file = sources.add(quote(part), sources[0].folder, part);
    if (part.starts_with('{')) {
      auto node = parse_yaml(sources, file, problems);
      forget_places(node);
      if (node.kind != YamlNode::Kind::null) events.push_back(std::move(node));
    } else if (auto event = Sentence(world, {file, 0, 0}, problems).read(part)) {
      events.push_back(std::move(*event));
    }
  }
  if (parts.empty())
    problems.add({sources.add(quote(text), "", text), 0, 0}, "",
                 "found nothing; allowed: an event, such as 2026-03 recognise CHN");
  return events;
}

}  // namespace entente::detail
