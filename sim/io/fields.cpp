#include "io/fields.hpp"

#include <array>

namespace entente {

namespace {

// Rates above one per day and utilities beyond +-100 say nothing that smaller ones do not.
constexpr float max_rate = 366.0F;
constexpr float max_utility = 100.0F;

constexpr std::array group_table{
    Field<Group>{"reversion", &Group::reversion, "1/yr", 0, max_rate,
                 "speed at which activity returns to its mean (kappa)"},
    Field<Group>{"volatility", &Group::volatility, "yr^-1/2", 0, 10,
                 "noise of the logarithm of activity (sigma)"},
    Field<Group>{"halflife", &Group::halflife, "yr", 0.001F, 1000,
                 "time in which the salience of attacks halves"},
    Field<Group>{"salience_cap", &Group::salience_cap, "1", 0, 1000, "largest salience"},
    Field<Group>{"effect", &Group::effect, "1", 0, 1,
                 "share of attacks that an authority which fights the group prevents"},
    Field<Group>{"initial_activity", &Group::initial_activity, "1", 1e-6F, 1000,
                 "activity at the start"},
};

constexpr std::array dynamics_table{
    Field<AuthorityDynamics>{"inducement", &AuthorityDynamics::inducement, "utility", -max_utility,
                             max_utility, "pull of withheld engagement towards rights"},
    Field<AuthorityDynamics>{"relief", &AuthorityDynamics::relief, "utility", -max_utility,
                             max_utility, "pull of economic distress towards rights"},
    Field<AuthorityDynamics>{"doctrine", &AuthorityDynamics::doctrine, "utility", -max_utility,
                             max_utility, "hardliners' cost of rights"},
    Field<AuthorityDynamics>{"rally", &AuthorityDynamics::rally, "utility", -max_utility,
                             max_utility, "backlash of coercion against rights"},
    Field<AuthorityDynamics>{"posture_inducement", &AuthorityDynamics::posture_inducement,
                             "utility", -max_utility, max_utility,
                             "pull of engagement by exposed states towards fighting a group"},
    Field<AuthorityDynamics>{"deterrence", &AuthorityDynamics::deterrence, "utility", -max_utility,
                             max_utility,
                             "pull of coercion by exposed states towards fighting a group"},
    Field<AuthorityDynamics>{"posture_rally", &AuthorityDynamics::posture_rally, "utility",
                             -max_utility, max_utility,
                             "backlash of coercion against fighting a group"},
    Field<AuthorityDynamics>{"hardliner_home", &AuthorityDynamics::hardliner_home, "1", 0, 1,
                             "share of hardliners when nothing pushes (l0)"},
    Field<AuthorityDynamics>{"pull", &AuthorityDynamics::pull, "1/yr", 0, max_rate,
                             "speed at which the share of hardliners returns to l0"},
    Field<AuthorityDynamics>{"harden", &AuthorityDynamics::harden, "1/yr", -max_rate, max_rate,
                             "rise of hardliners under coercion"},
    Field<AuthorityDynamics>{"soften", &AuthorityDynamics::soften, "1/yr", -max_rate, max_rate,
                             "fall of hardliners under engagement"},
    Field<AuthorityDynamics>{"hardliner_noise", &AuthorityDynamics::hardliner_noise, "yr^-1/2", 0,
                             10, "noise of the share of hardliners"},
    Field<AuthorityDynamics>{"relax", &AuthorityDynamics::relax, "1/yr", 0, max_rate,
                             "speed at which distress heals"},
    Field<AuthorityDynamics>{"freeze", &AuthorityDynamics::freeze, "1/yr", -max_rate, max_rate,
                             "distress from frozen reserves"},
    Field<AuthorityDynamics>{"closure", &AuthorityDynamics::closure, "1/yr", -max_rate, max_rate,
                             "distress from coercion by trading partners"},
    Field<AuthorityDynamics>{"dividend", &AuthorityDynamics::dividend, "1/yr", -max_rate, max_rate,
                             "relief from engagement with economic interest"},
    Field<AuthorityDynamics>{"control_home", &AuthorityDynamics::control_home, "1", 0, 1,
                             "control of the territory when nothing shakes it (c0)"},
    Field<AuthorityDynamics>{"recover", &AuthorityDynamics::recover, "1/yr", 0, max_rate,
                             "speed at which control returns to c0"},
    Field<AuthorityDynamics>{"shake", &AuthorityDynamics::shake, "1/yr", -max_rate, max_rate,
                             "loss of control under force"},
    Field<AuthorityDynamics>{"incoherence", &AuthorityDynamics::incoherence, "1", 0, 1,
                             "loss of trust where hardliners are one half"},
    Field<AuthorityDynamics>{"rights_salience_halflife",
                             &AuthorityDynamics::rights_salience_halflife, "yr", 0.001F, 1000,
                             "time in which the salience of rights halves"},
    Field<AuthorityDynamics>{"temperature", &AuthorityDynamics::temperature, "utility", 1e-4F,
                             max_utility, "noise of the authority's choices (tau)"},
};

template <class L>
constexpr std::array ladder_table{
    Field<L>{"rate", &L::rate, "1/yr", 0, max_rate, "reconsiderations per year (lambda)"},
    Field<L>{"up", &L::up, "utility", -max_utility, max_utility, "cost of a step up"},
    Field<L>{"down", &L::down, "utility", -max_utility, max_utility, "cost of a step down"},
};

constexpr std::array model_table{
    Field<Model>{"temperature", &Model::temperature, "utility", 1e-4F, max_utility,
                 "noise of the actors' choices (tau)"},
    Field<Model>{"rivalry_presence", &Model::rivalry_presence, "1", 0, 10,
                 "weight of a rival's engagement in the rivalry driver (eta)"},
};

constexpr std::array rung_table{
    RungField{"baseline", &Ladder::baseline, "utility", -max_utility, max_utility,
              "utility of a rung before any driver (alpha)"},
    RungField{"security", &Ladder::security, "1", -10, 10, "share of security benefits"},
    RungField{"economic", &Ladder::economic, "1", -10, 10, "share of economic benefits"},
    RungField{"exposure", &Ladder::exposure, "1", -10, 10, "share of exposure to audiences"},
    RungField{"signal", &Ladder::signal, "1", -10, 10, "strength of the signal to the world"},
};

constexpr std::array state_table{
    StateField{"hardliner", AuthorityState::hardliner, 0, 1, 0.5F, "share of hardliners (l)"},
    StateField{"distress", AuthorityState::distress, 0, 1, 0, "economic distress (D)"},
    StateField{"control", AuthorityState::control, 0, 1, 1, "control of the territory (c)"},
    StateField{"rights_salience", AuthorityState::rights_salience, 0, 10, 0,
               "salience of rights raised by events (u)"},
};

}  // namespace

std::span<const Field<Group>> group_fields() { return group_table; }
std::span<const Field<AuthorityDynamics>> dynamics_fields() { return dynamics_table; }
std::span<const Field<Ladder>> ladder_fields() { return ladder_table<Ladder>; }
std::span<const Field<AuthorityLadder>> authority_ladder_fields() {
  return ladder_table<AuthorityLadder>;
}
std::span<const Field<Model>> model_fields() { return model_table; }
std::span<const RungField> rung_fields() { return rung_table; }
std::span<const StateField> state_fields() { return state_table; }

std::string_view to_string(EventOp op) {
  switch (op) {
    case EventOp::set:
      return "set";
    case EventOp::add:
      return "add";
    case EventOp::scale:
      return "scale";
    case EventOp::hold:
      return "hold";
    case EventOp::band:
      return "band";
  }
  return {};
}

std::string_view to_string(Space space) {
  switch (space) {
    case Space::parameter:
      return "parameter";
    case Space::rung:
      return "rung";
    case Space::authority_rung:
      return "authority_rung";
    case Space::authority_state:
      return "authority_state";
    case Space::activity:
      return "activity";
    case Space::salience:
      return "salience";
    case Space::alignment:
      return "alignment";
    case Space::rivalry:
      return "rivalry";
  }
  return {};
}

std::string_view to_string(AuthorityState state) {
  return state_table[static_cast<std::size_t>(state)].name;
}

}  // namespace entente
