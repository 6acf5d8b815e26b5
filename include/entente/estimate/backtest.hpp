#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/estimate/fit.hpp"
#include "entente/estimate/scores.hpp"

namespace entente {

/// Who forecasts. All but `no_change` are the model with some of its terms, each estimated anew.
enum class Method : std::uint8_t {
  model,       ///< every term, and dispositions where the scenario has them
  alone,       ///< the model without terms that look at what others do
  covariates,  ///< a plain logit: without dispositions either
  peers,       ///< with those terms alone
  rates,       ///< neither: how often rungs were left up and down, the same for everyone
  no_change    ///< everyone stays
};
inline constexpr std::size_t method_count = 6;
inline constexpr std::array<Method, method_count> all_methods{
    Method::model, Method::alone, Method::covariates,
    Method::peers, Method::rates, Method::no_change};
[[nodiscard]] std::string_view to_string(Method method);

/// A case to learn from and to forecast.
struct BacktestCase {
  std::string name;
  Model model;
  Path path;
  Design design;  ///< design_of(model, path, ...)
};

struct BacktestOptions {
  std::vector<std::uint32_t> horizons{3, 6, 12, 24};  ///< in steps, ascending
  std::uint32_t first = 12;                           ///< first origin [step]
  std::uint32_t every = 6;                            ///< from one origin to the next [step]
  std::size_t replicates = 1000;
  std::size_t threads = 0;
  bool together = false;  ///< learn from all cases, each up to the date of the origin
  FitOptions fit;
};

/// A forecast of one case from one origin.
struct Forecast {
  Fit fit;                            ///< of the method on the past; empty for no_change
  std::vector<double> probabilities;  ///< (horizons, K, D, N, max_rungs)
  /// Members of the ensemble: number of actors at or above a rung, by (K, D, max_rungs, horizons,
  /// replicates); of actors on record up to the longest horizon.
  std::vector<std::uint32_t> counts;
  /// Steps from the origin until one more, and until five more actors stand at or above a rung
  /// than at the origin; the longest horizon where they do not: (K, D, max_rungs, 2, replicates).
  std::vector<std::uint32_t> waits;
};

/// Forecasts case `target` from what is known at the start of step `origin`: decisions, events and
/// series before it. Probabilities are shares of replicates, with half a replicate added to each
/// rung so that nothing is impossible.
///
/// @throws NumericalError  see fit()
[[nodiscard]] Forecast forecast(const std::vector<BacktestCase>& cases, std::size_t target,
                                std::uint32_t origin, Method method, const TermRegistry& registry,
                                const BacktestOptions& options);

/// One rung to foretell, and what each method said.
struct Target {
  std::uint32_t of_case = 0, origin = 0, actor = 0;
  std::uint16_t horizon = 0;  ///< place in the options
  std::uint16_t authority = 0;
  LadderRole ladder = LadderRole::engagement;
  Rung from = 0, observed = 0;
  std::array<std::array<float, max_rungs>, method_count> probabilities{};
};

/// A number to foretell, with its score under each method.
struct NumberTarget {
  std::uint32_t of_case = 0, origin = 0;
  std::uint16_t horizon = 0;  ///< place in the options; of counts
  LadderRole ladder = LadderRole::engagement;
  Rung rung = 0;           ///< at or above which
  std::uint32_t more = 0;  ///< 0: a count; 1 or 5: steps until so many more
  double observed = 0.0;
  std::array<double, method_count> crps{};
  std::array<double, method_count> mean{};
  std::array<bool, method_count> in_half{}, in_ninety{};  ///< in the central 50 and 90 % interval
};

struct Backtest {
  std::vector<Target> targets;
  std::vector<NumberTarget> numbers;
  struct Origin {
    std::uint32_t of_case = 0, step = 0;
    std::array<Fit, method_count> fits;
  };
  std::vector<Origin> origins;
};

/// Forecasts every case from rolling origins and sets what happened beside it. A pair counts where
/// it is on record from the origin to the horizon.
[[nodiscard]] Backtest backtest(const std::vector<BacktestCase>& cases,
                                const TermRegistry& registry, const BacktestOptions& options);

/// Which targets a row of a table is about; nothing: all.
struct ScoreFilter {
  std::optional<std::uint32_t> of_case;
  std::optional<std::uint16_t> horizon;
  std::optional<LadderRole> ladder;
};

/// Scores of one method over some targets, means unless stated.
struct ScoreRow {
  Method method = Method::model;
  std::size_t targets = 0, changed = 0, rose = 0;
  double log = 0.0, brier = 0.0, ranked = 0.0;
  double auc = 0.0, precision = 0.0;                  ///< of P(stands higher than at the origin)
  score::Skill log_skill, brier_skill, ranked_skill;  ///< of the model over this method
};

/// A row per method; the model first.
[[nodiscard]] std::vector<ScoreRow> score_table(const Backtest& test, const ScoreFilter& filter);

/// Forecasts that a pair leaves its rung, against how often it did.
[[nodiscard]] std::vector<score::CalibrationBin> calibration_of(const Backtest& test, Method method,
                                                                const ScoreFilter& filter);

}  // namespace entente
