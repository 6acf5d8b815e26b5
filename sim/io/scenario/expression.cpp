#include "io/scenario/expression.hpp"

#include <fmt/format.h>
#include <muParser.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "core/math.hpp"
#include "io/scenario/suggest.hpp"

namespace entente::detail {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t max_expression = 4096;

double exponential(double x) { return x > 700.0 ? infinity : math::exp(x); }

double logarithm(double x) {
  if (!(x > 0.0)) return x == 0.0 ? -infinity : std::numeric_limits<double>::quiet_NaN();
  return math::log(x);
}

// Whole exponents by multiplication, others by e^(y ln x): std::pow differs between libraries.
double power(double x, double y) {
  if (y != std::nearbyint(y) || std::fabs(y) > 1024.0) return exponential(y * logarithm(x));
  double result = 1.0;
  double square = x;
  for (auto n = static_cast<unsigned>(std::fabs(y)); n != 0; n >>= 1U) {
    if ((n & 1U) != 0) result *= square;
    square *= square;
  }
  return y < 0.0 ? 1.0 / result : result;
}

double root(double x) { return math::sqrt(x); }
double magnitude(double x) { return std::fabs(x); }
double clamp(double x, double low, double high) { return std::min(std::max(x, low), high); }

void demand_arguments(int n) {
  if (n < 1) throw mu::ParserError("needs at least one argument");
}
double smallest(const double* x, int n) {
  demand_arguments(n);
  return *std::min_element(x, x + n);
}
double largest(const double* x, int n) {
  demand_arguments(n);
  return *std::max_element(x, x + n);
}
double sum(const double* x, int n) {
  demand_arguments(n);
  double total = 0.0;
  for (int k = 0; k < n; ++k) total += x[k];
  return total;
}
double average(const double* x, int n) { return sum(x, n) / n; }

double add(double a, double b) { return a + b; }
double subtract(double a, double b) { return a - b; }
double multiply(double a, double b) { return a * b; }
double divide(double a, double b) { return a / b; }
double less(double a, double b) { return a < b; }
double less_equal(double a, double b) { return a <= b; }
double greater(double a, double b) { return a > b; }
double greater_equal(double a, double b) { return a >= b; }
double equal(double a, double b) { return a == b; }
double unequal(double a, double b) { return a != b; }
double both(double a, double b) { return a != 0.0 && b != 0.0; }
double either(double a, double b) { return a != 0.0 || b != 0.0; }

constexpr std::array math_functions{"min", "max", "clamp", "abs", "sqrt",
                                    "exp", "log", "sum",   "avg"};

// A parser that knows the language of docs/scenario-format.md and nothing else: no assignment, no
// constants, no functions of the C library.
mu::Parser make_parser() {
  mu::Parser parser;
  parser.ClearFun();
  parser.ClearConst();
  parser.EnableBuiltInOprt(false);
  parser.DefineOprt("+", add, mu::prADD_SUB);
  parser.DefineOprt("-", subtract, mu::prADD_SUB);
  parser.DefineOprt("*", multiply, mu::prMUL_DIV);
  parser.DefineOprt("/", divide, mu::prMUL_DIV);
  parser.DefineOprt("^", power, mu::prPOW, mu::oaRIGHT);
  parser.DefineOprt("<", less, mu::prCMP);
  parser.DefineOprt("<=", less_equal, mu::prCMP);
  parser.DefineOprt(">", greater, mu::prCMP);
  parser.DefineOprt(">=", greater_equal, mu::prCMP);
  parser.DefineOprt("==", equal, mu::prCMP);
  parser.DefineOprt("!=", unequal, mu::prCMP);
  parser.DefineOprt("&&", both, mu::prLAND);
  parser.DefineOprt("||", either, mu::prLOR);
  parser.DefineFun("min", smallest);
  parser.DefineFun("max", largest);
  parser.DefineFun("sum", sum);
  parser.DefineFun("avg", average);
  parser.DefineFun("clamp", clamp);
  parser.DefineFun("abs", magnitude);
  parser.DefineFun("sqrt", root);
  parser.DefineFun("exp", exponential);
  parser.DefineFun("log", logarithm);
  return parser;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Finds the names and the calls with words in an expression. The parser has no lists of words, so
// each such call is replaced by a name of the same length: offsets in its messages stay true.
class NameFinder {
 public:
  NameFinder(std::string text, const Scope& scope) : text_(std::move(text)), scope_(scope) {}

  struct Failure {
    std::size_t offset = 0;
    std::string message;
    bool unknown = false;  // a name, or a word in a call
  };

  std::optional<Failure> run() {
    while (at_ < text_.size() && !failure_) {
      const char c = text_[at_];
      if (is_letter(c))
        word();
      else if (is_digit(c) || c == '.')
        number();
      else if (std::string_view(" \t\r\n+-*/^()<>=!&|?:,").find(c) != std::string_view::npos)
        ++at_;
      else
        fail(at_, fmt::format("found {}; allowed: numbers, names and operators", character()));
    }
    return failure_;
  }

  [[nodiscard]] const std::string& text() const { return text_; }
  std::vector<std::pair<std::string, Input>> inputs;  // name to the parser, input

 private:
  void fail(std::size_t offset, std::string message, bool unknown = false) {
    if (!failure_) failure_ = Failure{offset, std::move(message), unknown};
  }

  // The whole character, which may be of several bytes.
  [[nodiscard]] std::string character() const {
    auto end = at_ + 1;
    while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
    return quote(std::string_view(text_).substr(at_, end - at_));
  }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t'))
      ++at_;
  }

  void number() {
    const auto digits = [this] {
      while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) ++at_;
    };
    digits();
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      auto after = at_ + 1;
      if (after < text_.size() && (text_[after] == '+' || text_[after] == '-')) ++after;
      if (after < text_.size() && is_digit(text_[after])) {
        at_ = after;
        digits();
      }
    }
  }

  void word() {
    const auto start = at_;
    while (at_ < text_.size() && (is_letter(text_[at_]) || is_digit(text_[at_]))) ++at_;
    const auto name = text_.substr(start, at_ - start);
    const auto end = at_;
    skip_space();
    if (at_ < text_.size() && text_[at_] == '(')
      function(name, start);
    else
      at_ = end, variable(name, start);
  }

  void variable(const std::string& name, std::size_t start) {
    auto input = name.starts_with("__") ? std::nullopt : scope_.name(name);
    if (!input)
      return fail(start,
                  unknown_name(name, scope_.names(),
                               "columns, variables and parameters derived before", "name"),
                  true);
    for (const auto& [known, unused] : inputs)
      if (known == name) return;
    inputs.emplace_back(name, std::move(*input));
  }

  void function(const std::string& name, std::size_t start) {
    if (std::find(math_functions.begin(), math_functions.end(), name) != math_functions.end())
      return;
    auto names = scope_.functions();
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      names.insert(names.end(), math_functions.begin(), math_functions.end());
      return fail(start, unknown_name(name, names, join(names), "function"));
    }
    const auto words = arguments(name);
    if (failure_) return;
    std::string error;
    auto input = scope_.call(name, words, error);
    if (!input) return fail(start, error, true);
    if (calls_ > 99) return fail(start, "found more than 100 calls; allowed: fewer");
    const auto alias = fmt::format("__{}", calls_++);
    std::fill(text_.begin() + static_cast<std::ptrdiff_t>(start),
              text_.begin() + static_cast<std::ptrdiff_t>(at_), ' ');
    std::copy(alias.begin(), alias.end(), text_.begin() + static_cast<std::ptrdiff_t>(start));
    inputs.emplace_back(alias, std::move(*input));
  }

  // Words in quotes between parentheses; `at_` is at the opening one, and behind the closing one
  // after.
  std::vector<std::string> arguments(const std::string& name) {
    std::vector<std::string> words;
    const auto example = fmt::format("words in quotes, as in {}('...')", name);
    ++at_;
    skip_space();
    if (at_ < text_.size() && text_[at_] == ')') return ++at_, words;
    while (!failure_) {
      skip_space();
      const char mark = at_ < text_.size() ? text_[at_] : '\0';
      const auto close =
          mark == '\'' || mark == '"' ? text_.find(mark, at_ + 1) : std::string::npos;
      if (close == std::string::npos) {
        fail(at_, fmt::format("found no word in quotes; allowed: {}", example));
        break;
      }
      words.push_back(text_.substr(at_ + 1, close - at_ - 1));
      at_ = close + 1;
      skip_space();
      const char next = at_ < text_.size() ? text_[at_++] : '\0';
      if (next == ')') break;
      if (next != ',') fail(at_, fmt::format("found no ',' or ')'; allowed: {}", example));
    }
    return words;
  }

  std::string text_;
  const Scope& scope_;
  std::size_t at_ = 0;
  std::size_t calls_ = 0;
  std::optional<Failure> failure_;
};

std::string explain(const mu::ParserError& error) {
  std::string found = error.GetMsg();
  if (!found.empty() && found.back() == '.') found.pop_back();
  if (!found.empty())
    found[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(found[0])));
  return fmt::format("found a formula that cannot be read ({}); allowed: an expression", found);
}

}  // namespace

struct Expression::Impl {
  mu::Parser parser = make_parser();
  std::vector<Input> inputs;
  std::vector<double> values;
};

Expression::Expression(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

std::optional<Expression> Expression::compile(const Place& place, const Scope& scope,
                                              Problems& problems) {
  const auto& text = place.text();
  if (text.size() > max_expression) {
    problems.add(place, fmt::format("found an expression of {} characters; allowed: at most {}",
                                    text.size(), max_expression));
    return std::nullopt;
  }
  NameFinder finder(text, scope);
  if (const auto failure = finder.run()) {
    if (!failure->unknown || scope.complete())
      problems.add_inside(place, failure->offset, failure->message);
    return std::nullopt;
  }
  auto impl = std::make_unique<Impl>();
  impl->values.resize(finder.inputs.size(), 1.0);
  try {
    for (std::size_t k = 0; k < finder.inputs.size(); ++k) {
      impl->parser.DefineVar(finder.inputs[k].first, &impl->values[k]);
      impl->inputs.push_back(std::move(finder.inputs[k].second));
    }
    impl->parser.SetExpr(finder.text());
    impl->parser.Eval();
    if (impl->parser.GetNumResults() != 1) {
      problems.add(place,
                   fmt::format("found {} values; allowed: one", impl->parser.GetNumResults()));
      return std::nullopt;
    }
  } catch (const mu::ParserError& error) {
    const auto at = static_cast<std::size_t>(std::max(error.GetPos(), 0));
    problems.add_inside(place, std::min(at, text.size()), explain(error));
    return std::nullopt;
  }
  return Expression(std::move(impl));
}

const std::vector<Input>& Expression::inputs() const { return impl_->inputs; }

double Expression::evaluate(std::span<const double> values) const {
  std::copy(values.begin(), values.end(), impl_->values.begin());
  try {
    return impl_->parser.Eval();
  } catch (const mu::ParserError&) {
    return std::numeric_limits<double>::quiet_NaN();
  }
}

}  // namespace entente::detail
