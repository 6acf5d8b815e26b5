#include <iostream>

#include "entente/core/version.hpp"

int main() { std::cout << entente::version() << '\n'; }
