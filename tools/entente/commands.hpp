#pragma once

#include <functional>

namespace CLI {
class App;
}

namespace entente::cli {

/// What the chosen subcommand does; returns the exit status.
using Action = std::function<int()>;

// Each adds one subcommand with its options and help; `action` is set when it is chosen.
void add_run(CLI::App& program, Action& action);
void add_whatif(CLI::App& program, Action& action);
void add_sweep(CLI::App& program, Action& action);
void add_tip(CLI::App& program, Action& action);
void add_analyse(CLI::App& program, Action& action);
void add_validate(CLI::App& program, Action& action);
void add_fit(CLI::App& program, Action& action);
void add_backtest(CLI::App& program, Action& action);
void add_explain(CLI::App& program, Action& action);
void add_cascade(CLI::App& program, Action& action);
void add_export(CLI::App& program, Action& action);
void add_list(CLI::App& program, Action& action);
void add_describe(CLI::App& program, Action& action);
void add_schema(CLI::App& program, Action& action);

// Those of the library entente_lab, which not every build has (ENTENTE_WITH_LAB).
void add_report(CLI::App& program, Action& action);
void add_lab(CLI::App& program, Action& action);

}  // namespace entente::cli
