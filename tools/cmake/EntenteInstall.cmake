# What `cmake --install` puts where (GNUInstallDirs): the program and its module for MPI, the static
# library with its headers and package files for find_package(entente), and the scenarios.
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/entente")

install(TARGETS entente EXPORT entente-targets ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(EXPORT entente-targets NAMESPACE entente:: DESTINATION "${package_dir}")
install(DIRECTORY "${PROJECT_SOURCE_DIR}/include/entente"
  DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.hpp")

configure_package_config_file("${PROJECT_SOURCE_DIR}/tools/cmake/entente-config.cmake.in"
  "${PROJECT_BINARY_DIR}/entente-config.cmake" INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/entente-config-version.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/entente-config.cmake"
  "${PROJECT_BINARY_DIR}/entente-config-version.cmake" DESTINATION "${package_dir}")

if(TARGET entente_cli)
  install(TARGETS entente_cli RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
if(TARGET entente_mpi)
  install(TARGETS entente_mpi LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
endif()
if(EXISTS "${PROJECT_SOURCE_DIR}/scenarios")
  install(DIRECTORY "${PROJECT_SOURCE_DIR}/scenarios"
    DESTINATION "${CMAKE_INSTALL_DATADIR}/entente" PATTERN "*.h5" EXCLUDE)
endif()
