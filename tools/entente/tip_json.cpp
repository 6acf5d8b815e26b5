#include "entente/core/version.hpp"
#include "json.hpp"
#include "tip_report.hpp"

namespace entente::cli {
namespace {

Json chance_json(const Chance& chance) {
  return {{"probability", finite(chance.share())},
          {"low", chance.low()},
          {"high", chance.high()},
          {"replicates", chance.replicates}};
}

const char* verdict_json(Verdict verdict) {
  return verdict == Verdict::above ? "enough" : verdict == Verdict::below ? "not enough" : "open";
}

class Writer {
 public:
  explicit Writer(const TipReport& report) : report_(report), model_(report.scenario.model) {}

  Json course(const std::vector<Chance>& chances) const {
    Json out = Json::array();
    for (std::uint32_t t = 0; t < chances.size(); ++t) {
      Json row = chance_json(chances[t]);
      row["date"] = model_.calendar.label(t);
      out.push_back(std::move(row));
    }
    return out;
  }

  Json earliest(const std::vector<Chance>& chances) const {
    const auto first = first_above(chances, report_.options.bar);
    return first ? Json(model_.calendar.label(*first)) : Json(nullptr);
  }

  Json coalition() const {
    const auto& [search, answer, latest, undone, undo, chance_undone] = *report_.coalition;
    Json out{{"candidates", ids(search.candidates)},
             {"act", model_.calendar.label(search.act.step)},
             {"members_keep", search.act.keeps},
             {"members_count", search.count_members},
             {"baseline", chance_json(answer.baseline)},
             {"greedy", list(answer.greedy)},
             {"smallest", list(answer.smallest)},
             {"undecided", list(answer.undecided)},
             {"certified_size", answer.certified},
             {"coalitions_tried", answer.coalitions},
             {"replicates_spent", answer.replicates},
             {"latest", nullptr},
             {"undone", nullptr}};
    if (latest) out["latest"] = dates(*latest);
    if (undone) {
      out["undone"] = {{"date", model_.calendar.label(undo)},
                       {"chance", chance_json(chance_undone)},
                       {"others_with", estimate(undone->acted)},
                       {"others_undone", estimate(undone->undone)},
                       {"kept", finite(undone->kept())}};
    }
    return out;
  }

  Json setting() const {
    const auto& [what, from, to, answer, undone, kept, undo] = *report_.setting;
    Json tried = Json::array();
    for (const auto& level : answer.tried) {
      Json row{{"value", level.value}};
      row.update(chance_json(level.chance));
      row["verdict"] = verdict_json(level.verdict);
      tried.push_back(std::move(row));
    }
    Json out{{"setting", what},
             {"from", from},
             {"to", to},
             {"enough", answer.enough ? Json(*answer.enough) : Json(nullptr)},
             {"not_enough", answer.not_enough ? Json(*answer.not_enough) : Json(nullptr)},
             {"one_way", answer.one_way},
             {"tried", std::move(tried)},
             {"replicates_spent", answer.replicates},
             {"undone", nullptr}};
    if (undone && kept) {
      out["undone"] = {{"date", model_.calendar.label(undo)},
                       {"chance", chance_json(*undone)},
                       {"chance_kept", chance_json(*kept)}};
    }
    return out;
  }

 private:
  Json ids(const std::vector<std::uint32_t>& actors) const {
    Json out = Json::array();
    for (const auto i : actors) out.push_back(model_.actors[i].id);
    return out;
  }

  Json list(const std::vector<Coalition>& coalitions) const {
    Json out = Json::array();
    for (const auto& coalition : coalitions) {
      Json row{{"members", ids(coalition.members)}};
      row.update(chance_json(coalition.chance));
      row["verdict"] = verdict_json(coalition.verdict);
      out.push_back(std::move(row));
    }
    return out;
  }

  Json dates(const LevelAnswer& answer) const {
    const auto label = [&](const std::optional<double>& step) {
      return step ? Json(model_.calendar.label(static_cast<std::uint32_t>(*step + 0.5)))
                  : Json(nullptr);
    };
    return {{"enough", label(answer.enough)},
            {"too_late", label(answer.not_enough)},
            {"replicates_spent", answer.replicates}};
  }

  static Json estimate(const PairedEstimate& estimate) {
    return {{"difference", estimate.difference},
            {"low", finite(estimate.low)},
            {"high", finite(estimate.high)}};
  }

  const TipReport& report_;
  const Model& model_;
};

}  // namespace

std::string tip_json(const TipReport& report) {
  const Model& model = report.scenario.model;
  const Writer writer(report);
  Json out{{"entente", version()},
           {"title", model.title},
           {"overrides", report.scenario.overrides},
           {"seed", model.seed},
           {"replicates", report.options.replicates},
           {"first_replicate", report.options.first_replicate},
           {"outcome", report.asked},
           {"by", model.calendar.label(report.outcome.step)},
           {"more_probable_than", report.options.bar},
           {"interrupted", report.interrupted},
           {"baseline", chance_json(report.course[report.outcome.step])},
           {"earliest", writer.earliest(report.course)},
           {"course", writer.course(report.course)},
           {"coalition", nullptr},
           {"setting", nullptr}};
  if (report.coalition) {
    out["coalition"] = writer.coalition();
    out["coalition"]["earliest"] = writer.earliest(report.course_with);
  }
  if (report.setting) out["setting"] = writer.setting();
  return json_text(out);
}

}  // namespace entente::cli
